// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Duration, Instant} from "../../contracts/court/Clock.sol";

/// @notice A later instant is no earlier one, and stays in its type.
contract LaterIsLater {
    function holds(uint40 instant, uint32 duration) external pure {
        uint256 sum = Instant.unwrap(Instant.wrap(instant).plus(Duration.wrap(duration)));
        assert(sum >= instant);
        assert(sum == uint256(instant) + duration || sum == type(uint40).max);
    }
}

/// @notice Of two instants the later one is one of them, and before neither.
contract TheLaterOfTwo {
    function holds(uint40 one, uint40 other) external pure {
        Instant last = Instant.wrap(one).later(Instant.wrap(other));
        assert(Instant.unwrap(last) == one || Instant.unwrap(last) == other);
        assert(!last.isBefore(Instant.wrap(one)) && !last.isBefore(Instant.wrap(other)));
    }
}

/// @notice Nothing gives a side back what it used.
contract UsedIsUsed {
    function holds(uint32 used, uint40 from, uint40 to) external pure {
        uint256 charged = Duration.unwrap(Duration.wrap(used).charged(Instant.wrap(from), Instant.wrap(to)));
        assert(charged >= used);
        if (to <= from) assert(charged == used);
        else assert(charged == uint256(used) + (to - from) || charged == type(uint32).max);
    }
}

/// @notice A move leaves the extension, and otherwise no more than the clock.
contract AMoveLeavesEnough {
    function holds(uint32 clock, uint32 used, uint32 extension) external pure {
        uint256 left = Duration.unwrap(Duration.wrap(clock).left(Duration.wrap(used), Duration.wrap(extension)));
        assert(left >= extension);
        assert(left == extension || left + used == clock);
    }
}

/// @notice A side that spends all it has comes to nothing but the extension: its clock never turns round.
contract WhatIsSpentIsGone {
    function holds(uint32 clock, uint32 used, uint32 extension, uint40 instant, uint32 spent) external pure {
        Duration before = Duration.wrap(clock).left(Duration.wrap(used), Duration.wrap(extension));
        Instant asked = Instant.wrap(instant);
        Duration charged = Duration.wrap(used).charged(asked, asked.plus(Duration.wrap(spent)));
        Duration later = Duration.wrap(clock).left(charged, Duration.wrap(extension));
        assert(Duration.unwrap(later) <= Duration.unwrap(before));
    }
}

/// @notice A flood makes the worker's clock no shorter, and no longer than double.
contract AFloodDoublesAtMost {
    function holds(uint32 clock, uint32 extension, uint32 opened) external pure {
        uint256 grown = Duration.unwrap(Duration.wrap(clock).grown(Duration.wrap(extension), opened));
        assert(grown >= clock);
        assert(grown <= 2 * uint256(clock));
        if (opened <= 8) assert(grown == clock);
    }
}
