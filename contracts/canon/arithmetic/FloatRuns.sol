// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Eight float32 at once, as they lie one behind the other in a word: lane 0 is the first, the most significant.
/// @dev The only assembly of the exact sum. Its plain twin, one lane at a time, is ExactSums.addProduct.
library FloatRuns {
    uint256 internal constant LANES = 8;
    uint256 internal constant BYTES = 32;

    /// @dev 1.0 in every lane.
    uint256 internal constant ONES = 0x3f8000003f8000003f8000003f8000003f8000003f8000003f8000003f800000;

    uint256 private constant EXPONENTS = 0x7f8000007f8000007f8000007f8000007f8000007f8000007f8000007f800000;
    uint256 private constant FRACTIONS = 0x007fffff007fffff007fffff007fffff007fffff007fffff007fffff007fffff;
    uint256 private constant HIDDEN_BITS = 0x0080000000800000008000000080000000800000008000000080000000800000;
    uint256 private constant SIGNS = 0x8000000080000000800000008000000080000000800000008000000080000000;
    uint256 private constant BELOW_SIGNS = 0x7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff;

    /// @notice The eight float32 in calldata from that place on.
    function eightAt(uint256 place) internal pure returns (uint256 lanes) {
        assembly ("memory-safe") {
            lanes := calldataload(place)
        }
    }

    /// @notice The first `count` float32 in calldata from that place on, fewer than eight, and zeros behind them.
    function fewerAt(uint256 place, uint256 count) internal pure returns (uint256) {
        unchecked {
            return eightAt(place) & ~(type(uint256).max >> (32 * count));
        }
    }

    function laneOf(uint256 lanes, uint256 lane) internal pure returns (uint32) {
        unchecked {
            return uint32(lanes >> (32 * (LANES - 1 - lane)));
        }
    }

    /// @notice Whether any lane is infinite or NaN: then its exponent is all ones, and one more carries into the sign.
    function hasSpecial(uint256 lanes) internal pure returns (bool) {
        unchecked {
            return ((lanes & EXPONENTS) + HIDDEN_BITS) & SIGNS != 0;
        }
    }

    /// @notice Adds the products of the lanes of a and b, numbers all, to the bins of an ExactSum.
    function addProducts(uint256[8] memory bins, uint256 a, uint256 b) internal pure {
        (uint256 significandsOfA, uint256 scalesOfA) = _split(a);
        (uint256 significandsOfB, uint256 scalesOfB) = _split(b);
        unchecked {
            // In each lane, from bit 22 on: seven bits how far to shift, two bits which bin, one bit the sign. The sum of two scales
            // has nine bits, from bit 23 on, and none below, so that nothing comes over from the next lane.
            uint256 places = ((scalesOfA + scalesOfB) >> 1) | ((a ^ b) & SIGNS);
            _addLanes(bins, significandsOfA, significandsOfB, places);
        }
    }

    /// @dev In each lane the significand, and from bit 23 on how far its last bit stands above 2^-149: the exponent less one,
    ///      but for subnormal numbers, which have no hidden bit and a scale of zero.
    function _split(uint256 lanes) private pure returns (uint256 significands, uint256 scales) {
        unchecked {
            scales = lanes & EXPONENTS;
            // An exponent that isn't zero carries into the sign; eight bits lower is the hidden bit, and the unit of the exponent.
            uint256 hidden = ((scales + BELOW_SIGNS) & SIGNS) >> 8;
            significands = (lanes & FRACTIONS) | hidden;
            scales -= hidden;
        }
    }

    function _addLanes(uint256[8] memory bins, uint256 a, uint256 b, uint256 places) private pure {
        assembly ("memory-safe") {
            {
                let bin := add(bins, and(shr(248, places), 0xe0))
                let product := mul(shr(224, a), shr(224, b))
                mstore(bin, add(mload(bin), shl(and(shr(246, places), 0x7f), product)))
            }
            {
                let bin := add(bins, and(shr(216, places), 0xe0))
                let product := mul(and(shr(192, a), 0xffffffff), and(shr(192, b), 0xffffffff))
                mstore(bin, add(mload(bin), shl(and(shr(214, places), 0x7f), product)))
            }
            {
                let bin := add(bins, and(shr(184, places), 0xe0))
                let product := mul(and(shr(160, a), 0xffffffff), and(shr(160, b), 0xffffffff))
                mstore(bin, add(mload(bin), shl(and(shr(182, places), 0x7f), product)))
            }
            {
                let bin := add(bins, and(shr(152, places), 0xe0))
                let product := mul(and(shr(128, a), 0xffffffff), and(shr(128, b), 0xffffffff))
                mstore(bin, add(mload(bin), shl(and(shr(150, places), 0x7f), product)))
            }
            {
                let bin := add(bins, and(shr(120, places), 0xe0))
                let product := mul(and(shr(96, a), 0xffffffff), and(shr(96, b), 0xffffffff))
                mstore(bin, add(mload(bin), shl(and(shr(118, places), 0x7f), product)))
            }
            {
                let bin := add(bins, and(shr(88, places), 0xe0))
                let product := mul(and(shr(64, a), 0xffffffff), and(shr(64, b), 0xffffffff))
                mstore(bin, add(mload(bin), shl(and(shr(86, places), 0x7f), product)))
            }
            {
                let bin := add(bins, and(shr(56, places), 0xe0))
                let product := mul(and(shr(32, a), 0xffffffff), and(shr(32, b), 0xffffffff))
                mstore(bin, add(mload(bin), shl(and(shr(54, places), 0x7f), product)))
            }
            {
                let bin := add(bins, and(shr(24, places), 0xe0))
                let product := mul(and(a, 0xffffffff), and(b, 0xffffffff))
                mstore(bin, add(mload(bin), shl(and(shr(22, places), 0x7f), product)))
            }
        }
    }
}
