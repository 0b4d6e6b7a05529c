// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice The innermost loop of the exact sum: products of float32 that lie one behind the other in calldata, eight at
///         a time.
/// @dev Eight float32 are eight lanes of a word, the first in the most significant 32 bits. What follows computes on
///      all lanes at once and never lets one reach into the next. Its plain twin is ExactSums.addProduct, a term at a
///      time.
library FloatRuns {
    uint256 internal constant BYTES = 32;

    /// @dev 1.0 in every lane.
    uint256 internal constant ONES = 0x3f8000003f8000003f8000003f8000003f8000003f8000003f8000003f800000;
    /// @dev In every lane the last bit of the exponent, which is also where a significand has its hidden bit.
    uint256 internal constant UNITS = 0x0080000000800000008000000080000000800000008000000080000000800000;

    /// @notice Adds aₖ·bₖ to the bins of an ExactSum, for the float32 in calldata from `a` to `end` and as many from
    ///         `distance` behind `a` on, but stops before a word that has one that isn't a number. Returns where it
    ///         stopped: `end` or beyond, if nowhere.
    /// @param filled Bits that are set in b wherever it is read: where b lies beyond the calldata, and all is zero,
    ///        they are b.
    function addProducts(
        uint256[8] memory bins,
        uint256 a,
        uint256 distance,
        uint256 end,
        uint256 filled
    ) internal pure returns (uint256 reached) {
        assembly ("memory-safe") {
            // UNITS, as no pointer is zero. From a constant that it uses so often the compiler would make data that it
            // reads from the code each time.
            let units := shl(iszero(bins), 0x0080000000800000008000000080000000800000008000000080000000800000)

            for {} lt(a, end) {
                a := add(a, 32)
            } {
                let x := calldataload(a)
                let y := or(calldataload(add(a, distance)), filled)
                let places
                let shifts
                {
                    // Of the last word, lanes from `end` on are zero.
                    let mask := not(shr(shl(3, sub(end, a)), not(0)))
                    x := and(x, mask)
                    y := and(y, mask)

                    // In each lane the sign, at bit 23.
                    places := and(shr(8, xor(x, y)), units)

                    // Of the magnitudes, 2^23 more carries infinities and NaN into bit 31.
                    let signs := shl(8, units)
                    x := and(x, not(signs))
                    y := and(y, not(signs))
                    if and(or(add(x, units), add(y, units)), signs) {
                        break
                    }

                    // 2^31 - 2^23 more carries all but zero and subnormal numbers into bit 31. Eight bits lower is the
                    // place of the hidden bit, and of the exponent's unit: the scale is the exponent less one, but zero
                    // for subnormal numbers. Without it the significand is left, hidden bit and all.
                    let exponents := sub(signs, units)
                    let scales := sub(and(x, exponents), and(shr(8, add(x, exponents)), units))
                    x := sub(x, scales)
                    let scalesOfY := sub(and(y, exponents), and(shr(8, add(y, exponents)), units))
                    y := sub(y, scalesOfY)

                    // The sum of the scales has nine bits, from bit 23 on, and none below them that could go over into
                    // the next lane. Below the sign they say: two of them which bin, seven how far to shift. Of the bins the
                    // second byte of each lane is left, 32 bytes apart as bins are; of the shifts the last one.
                    places := or(places, shr(9, add(scales, scalesOfY)))
                    shifts := and(shr(14, places), 0x0000007f0000007f0000007f0000007f0000007f0000007f0000007f0000007f)
                    places := and(places, 0x00e0000000e0000000e0000000e0000000e0000000e0000000e0000000e00000)
                }

                {
                    let bin := add(bins, byte(1, places))
                    mstore(bin, add(mload(bin), shl(byte(3, shifts), mul(shr(224, x), shr(224, y)))))
                }
                {
                    let bin := add(bins, byte(5, places))
                    mstore(
                        bin,
                        add(
                            mload(bin),
                            shl(byte(7, shifts), mul(and(shr(192, x), 0xffffffff), and(shr(192, y), 0xffffffff)))
                        )
                    )
                }
                {
                    let bin := add(bins, byte(9, places))
                    mstore(
                        bin,
                        add(
                            mload(bin),
                            shl(byte(11, shifts), mul(and(shr(160, x), 0xffffffff), and(shr(160, y), 0xffffffff)))
                        )
                    )
                }
                {
                    let bin := add(bins, byte(13, places))
                    mstore(
                        bin,
                        add(
                            mload(bin),
                            shl(byte(15, shifts), mul(and(shr(128, x), 0xffffffff), and(shr(128, y), 0xffffffff)))
                        )
                    )
                }
                {
                    let bin := add(bins, byte(17, places))
                    mstore(
                        bin,
                        add(
                            mload(bin),
                            shl(byte(19, shifts), mul(and(shr(96, x), 0xffffffff), and(shr(96, y), 0xffffffff)))
                        )
                    )
                }
                {
                    let bin := add(bins, byte(21, places))
                    mstore(
                        bin,
                        add(
                            mload(bin),
                            shl(byte(23, shifts), mul(and(shr(64, x), 0xffffffff), and(shr(64, y), 0xffffffff)))
                        )
                    )
                }
                {
                    let bin := add(bins, byte(25, places))
                    mstore(
                        bin,
                        add(
                            mload(bin),
                            shl(byte(27, shifts), mul(and(shr(32, x), 0xffffffff), and(shr(32, y), 0xffffffff)))
                        )
                    )
                }
                {
                    let bin := add(bins, byte(29, places))
                    mstore(bin, add(mload(bin), shl(byte(31, shifts), mul(and(x, 0xffffffff), and(y, 0xffffffff)))))
                }
            }
            reached := a
        }
    }

    /// @notice Which products aren't numbers in the word at which `addProducts` stopped: whether any is NaN, +Inf,
    ///         -Inf.
    function specials(
        uint256 a,
        uint256 distance,
        uint256 end,
        uint256 filled
    ) internal pure returns (bool notANumber, bool plus, bool minus) {
        unchecked {
            uint256 mask = end - a < BYTES ? ~(type(uint256).max >> (8 * (end - a))) : type(uint256).max;
            uint256 x = _wordAt(a) & mask;
            uint256 y = (_wordAt(a + distance) | filled) & mask;
            uint256 units = UNITS;
            (uint256 nonzeroX, uint256 specialX, uint256 notX) = _classes(x, units);
            (uint256 nonzeroY, uint256 specialY, uint256 notY) = _classes(y, units);
            uint256 special = specialX | specialY;
            uint256 infinite = special & nonzeroX & nonzeroY & ~(notX | notY);
            uint256 negative = infinite & ((x ^ y) >> 8);
            return (special != infinite, infinite != negative, negative != 0);
        }
    }

    /// @dev As bits at the places of UNITS: which lanes aren't zero; which are infinite or NaN; which are NaN.
    function _classes(
        uint256 lanes,
        uint256 units
    ) private pure returns (uint256 nonzero, uint256 special, uint256 notANumber) {
        unchecked {
            // Of 31 bits, 2^31 - 1 more carries all but zero into bit 31, 2^23 more infinities and NaN, 2^23 - 1 more
            // NaN alone.
            uint256 signs = units << 8;
            uint256 magnitudes = lanes & ~signs;
            nonzero = ((magnitudes + ~signs) >> 8) & units;
            special = ((magnitudes + units) >> 8) & units;
            notANumber = ((magnitudes + units - (units >> 23)) >> 8) & units;
        }
    }

    function _wordAt(uint256 place) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := calldataload(place)
        }
    }
}
