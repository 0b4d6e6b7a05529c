// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Float32} from "../../contracts/canon/Float32.sol";
import {FloatParts} from "../../contracts/canon/arithmetic/FloatParts.sol";
import {Rounding} from "../../contracts/canon/arithmetic/Rounding.sol";

contract RoundingTest {
    function testFuzz_bitsAreCountedAsMathCounts(uint256 value, uint8 shift) external pure {
        value >>= shift;
        require(Rounding.bitLength(value) == (value == 0 ? 0 : Math.log2(value) + 1), "bits");
    }

    function testFuzz_aFloat32IsItsOwnRounding(uint32 bits, uint8 shift) external pure {
        bits = Float32.canonical(bits);
        if (!Float32.isFinite(bits)) return;
        (uint256 significand, uint256 scale) = FloatParts.split(bits);
        uint256 zeros = shift % 200;
        int256 exponent = int256(scale) - 149 - int256(zeros);
        bool negative = FloatParts.isNegative(bits);
        require(Rounding.round(negative, significand << zeros, exponent, false) == bits, "changed");
        // What is less than half a last place more changes nothing.
        require(zeros < 3 || Rounding.round(negative, significand << zeros, exponent, true) == bits, "sticky");
    }

    function testFuzz_halfWayGoesToEvenAndBeyondUp(uint32 bits, uint8 shift) external pure {
        bits = Float32.canonical(bits) & ~Float32.SIGN;
        if (!Float32.isFinite(bits)) return;
        (uint256 significand, uint256 scale) = FloatParts.split(bits);
        uint256 zeros = 3 + (shift % 200);
        uint256 half = (significand << zeros) + (1 << (zeros - 1));
        int256 exponent = int256(scale) - 149 - int256(zeros);
        require(Rounding.round(false, half, exponent, false) == bits + (bits & 1), "half");
        require(Rounding.round(false, half - 1, exponent, true) == bits, "below");
        require(Rounding.round(false, half, exponent, true) == bits + 1, "beyond");
    }

    function testFuzz_theSignIsMirrored(uint256 mantissa, int16 exponent, bool sticky) external pure {
        uint32 bits = Rounding.round(false, mantissa, exponent, sticky);
        uint32 mirrored = Rounding.round(true, mantissa, exponent, sticky);
        require(mirrored == (bits == 0 ? 0 : bits | Float32.SIGN), "mirror");
    }

    function testFuzz_theOrderIsKept(uint256 low, uint256 high, int16 exponent) external pure {
        if (low > high) (low, high) = (high, low);
        require(Rounding.round(false, low, exponent, false) <= Rounding.round(false, high, exponent, false), "order");
    }
}
