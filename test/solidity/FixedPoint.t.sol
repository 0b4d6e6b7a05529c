// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../../contracts/canon/Float32.sol";
import {FixedPoint} from "../../contracts/market/FixedPoint.sol";

contract FixedPointTest {
    /// @dev With at most 24 significant bits nothing is rounded, so the way there and back changes nothing.
    function testFuzz_whatFitsAFloat32ComesBack(int24 value, uint8 shift) external pure {
        int256 exact = int256(value) << (shift % 100);
        require(FixedPoint.fromFloat32(FixedPoint.toFloat32(exact, 0), 0) == exact, "changed");
    }

    function testFuzz_aFloat32ComesBackFromEnoughDecimals(uint32 bits) external pure {
        // From 2^-100 to 2^-1, 77 decimals have more digits than a float32 and stay within an int256.
        bits = (bits & 0x807fffff) | ((((bits >> 23) % 99) + 27) << 23);
        uint8 decimals = 77;
        require(FixedPoint.toFloat32(FixedPoint.fromFloat32(bits, decimals), decimals) == bits, "changed");
    }

    function testFuzz_toFloat32KeepsTheOrder(int256 low, int256 high, uint8 decimals) external pure {
        decimals %= 78;
        if (low > high) (low, high) = (high, low);
        int64 lowPlace = Float32.orderOf(FixedPoint.toFloat32(low, decimals));
        require(lowPlace <= Float32.orderOf(FixedPoint.toFloat32(high, decimals)), "order");
    }

    function testFuzz_theSignIsMirrored(int256 value, uint8 decimals) external pure {
        if (value == type(int256).min) value++;
        decimals %= 78;
        uint32 bits = FixedPoint.toFloat32(value, decimals);
        uint32 mirrored = FixedPoint.toFloat32(-value, decimals);
        require(bits == 0 ? mirrored == 0 : mirrored == bits ^ Float32.SIGN, "mirror");
    }

    /// @dev Small enough for plain arithmetic: the distance to the neighbours is never less, and at a tie the even one is taken.
    function testFuzz_theNearestFloat32IsTaken(uint64 value, uint8 decimals) external pure {
        decimals %= 20;
        if (value == 0) value = 1;
        uint32 bits = FixedPoint.toFloat32(int256(uint256(value)), decimals);
        uint256 scale = 10 ** uint256(decimals);
        uint256 exact = uint256(value) << 100;
        uint256 distance = _distance(exact, _units(bits) * scale);
        uint256 above = _distance(exact, _units(bits + 1) * scale);
        uint256 below = _distance(exact, _units(bits - 1) * scale);
        require(distance <= above && distance <= below, "nearer one");
        require((distance != above && distance != below) || bits % 2 == 0, "odd at a tie");
    }

    /// @dev The value in units of 2^-100; for normal numbers between 2^-77 and 2^64.
    function _units(uint32 bits) private pure returns (uint256) {
        uint256 significand = (bits & 0x7fffff) | 0x800000;
        return significand << ((bits >> 23) - 50);
    }

    function _distance(uint256 left, uint256 right) private pure returns (uint256) {
        return left > right ? left - right : right - left;
    }
}
