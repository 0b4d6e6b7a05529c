// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice A point in time: seconds since the epoch. Zero: it has not come.
type Instant is uint40;

/// @notice Seconds.
type Duration is uint32;

using Clocks for Instant global;
using Clocks for Duration global;

/// @notice The arithmetic of chess clocks. Time comes in as an argument; nothing here knows what time it is.
/// @dev What would leave its type stays at its end: a clock can run out and never turn round.
library Clocks {
    uint256 private constant FREE_CHALLENGES = 8;

    /// @notice Whether the instant has come at all.
    function isSet(Instant instant) internal pure returns (bool) {
        return Instant.unwrap(instant) != 0;
    }

    /// @notice Whether `instant` lies before `other`. What is due by an instant is done before it.
    function isBefore(Instant instant, Instant other) internal pure returns (bool) {
        return Instant.unwrap(instant) < Instant.unwrap(other);
    }

    /// @notice The instant so much later.
    function plus(Instant instant, Duration duration) internal pure returns (Instant) {
        uint256 sum = uint256(Instant.unwrap(instant)) + Duration.unwrap(duration);
        return Instant.wrap(sum > type(uint40).max ? type(uint40).max : uint40(sum));
    }

    /// @notice The later of two instants.
    function later(Instant one, Instant other) internal pure returns (Instant) {
        return isBefore(one, other) ? other : one;
    }

    /// @notice What was used of a clock when it has run from one instant to another, too.
    function charged(Duration used, Instant from, Instant to) internal pure returns (Duration) {
        if (!isBefore(from, to)) return used;
        uint256 sum = uint256(Duration.unwrap(used)) + Instant.unwrap(to) - Instant.unwrap(from);
        return Duration.wrap(sum > type(uint32).max ? type(uint32).max : uint32(sum));
    }

    /// @notice What a side has for its next move: what its clock still holds, and never less than the extension.
    function left(Duration clock, Duration used, Duration extension) internal pure returns (Duration) {
        uint32 whole = Duration.unwrap(clock);
        uint32 gone = Duration.unwrap(used);
        uint32 least = Duration.unwrap(extension);
        if (gone >= whole || whole - gone < least) return extension;
        return Duration.wrap(whole - gone);
    }

    /// @notice The worker's clock in a job with so many challenges opened: beyond eight it grows by the extension for each,
    ///         at most to double.
    function grown(Duration clock, Duration extension, uint256 opened) internal pure returns (Duration) {
        if (opened <= FREE_CHALLENGES) return clock;
        uint256 whole = Duration.unwrap(clock);
        uint256 growth = (opened - FREE_CHALLENGES) * Duration.unwrap(extension);
        whole += growth < whole ? growth : whole;
        return Duration.wrap(whole > type(uint32).max ? type(uint32).max : uint32(whole));
    }
}
