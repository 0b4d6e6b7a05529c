// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Duration, Instant} from "../../../contracts/court/Clock.sol";

/// @notice Wrong: at the end of its type an instant stays where it is.
contract LaterIsExact {
    function holds(uint40 instant, uint32 duration) external pure {
        uint256 sum = Instant.unwrap(Instant.wrap(instant).plus(Duration.wrap(duration)));
        assert(sum == uint256(instant) + duration);
    }
}
