// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Clocks, Duration, Instant} from "../../contracts/court/Clock.sol";

/// @notice Clocks for all times: they never run backwards, never overflow, and leave the opponent its extension.
contract ClockTest {
    function testFuzz_laterInstantsStayInTheirType(uint40 instant, uint32 duration) external pure {
        uint256 sum = uint256(instant) + duration;
        uint256 expected = sum > type(uint40).max ? type(uint40).max : sum;
        require(Instant.unwrap(Instant.wrap(instant).plus(Duration.wrap(duration))) == expected, "plus");
    }

    function testFuzz_anInstantIsBeforeAnotherOrNot(uint40 one, uint40 other) external pure {
        Instant first = Instant.wrap(one);
        Instant second = Instant.wrap(other);
        require(first.isBefore(second) == (one < other), "before");
        require(Instant.unwrap(first.later(second)) == (one < other ? other : one), "later");
        require(first.isSet() == (one != 0), "set");
    }

    function testFuzz_aClockIsChargedWhatItRan(uint32 used, uint40 from, uint40 to) external pure {
        uint256 ran = to > from ? to - from : 0;
        uint256 sum = used + ran;
        uint256 expected = sum > type(uint32).max ? type(uint32).max : sum;
        Duration charged = Duration.wrap(used).charged(Instant.wrap(from), Instant.wrap(to));
        require(Duration.unwrap(charged) == expected, "charged");
        require(Duration.unwrap(charged) >= used, "runs backwards");
    }

    function testFuzz_aMoveLeavesAtLeastTheExtension(uint32 clock, uint32 used, uint32 extension) external pure {
        uint256 left = Duration.unwrap(Duration.wrap(clock).left(Duration.wrap(used), Duration.wrap(extension)));
        uint256 held = clock > used ? clock - used : 0;
        require(left == (held > extension ? held : extension), "left");
    }

    /// @notice All that a side can use in so many moves is its clock and an extension for each.
    function testFuzz_movesEnd(uint32 clock, uint32 extension, uint8 moves) external pure {
        clock %= 1_000_000;
        extension %= 10_000;
        Duration used = Duration.wrap(0);
        uint256 total = 0;
        for (uint256 move = 0; move < moves; move++) {
            uint32 allowance = Duration.unwrap(Duration.wrap(clock).left(used, Duration.wrap(extension)));
            total += allowance;
            used = used.charged(Instant.wrap(1), Instant.wrap(1 + uint40(allowance)));
        }
        require(total <= uint256(clock) + uint256(moves) * extension, "total");
    }

    function testFuzz_theWorkersClockGrowsAtMostToDouble(uint32 clock, uint32 extension, uint32 opened) external pure {
        uint256 grown = Duration.unwrap(Duration.wrap(clock).grown(Duration.wrap(extension), opened));
        uint256 expected = clock;
        if (opened > 8) expected += uint256(opened - 8) * extension;
        if (expected > 2 * uint256(clock)) expected = 2 * uint256(clock);
        if (expected > type(uint32).max) expected = type(uint32).max;
        require(grown == expected, "grown");
    }
}
