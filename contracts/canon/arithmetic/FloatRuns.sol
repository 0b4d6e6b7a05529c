// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice The innermost loop of the exact sum: products of float32 that lie one behind the other in calldata, eight at a time.
/// @dev Eight float32 are eight lanes of a word, the first in the most significant 32 bits. What follows computes on all lanes at once and never
///      lets one reach into the next. Its plain twin is ExactSums.addProduct, a term at a time.
library FloatRuns {
    /// @dev 1.0 in every lane.
    uint256 internal constant ONES = 0x3f8000003f8000003f8000003f8000003f8000003f8000003f8000003f800000;

    /// @notice Adds aₖ·bₖ to the bins of an ExactSum, for the float32 in calldata from `a` to `end` and as many from `b` on, but stops
    ///         before a word that has one that isn't a number. Returns where it stopped: `end` or beyond, if nowhere.
    /// @param filled Bits that are set in b wherever it is read: with `b` beyond the calldata, where all is zero, they are b.
    function addProducts(
        uint256[8] memory bins,
        uint256 a,
        uint256 b,
        uint256 end,
        uint256 filled
    ) internal pure returns (uint256 reached) {
        assembly ("memory-safe") {
            for {} lt(a, end) {
                a := add(a, 32)
                b := add(b, 32)
            } {
                // Of the last word, lanes from `end` on are zero.
                let mask := not(shr(shl(3, sub(end, a)), not(0)))
                let x := and(calldataload(a), mask)
                let y := and(or(calldataload(b), filled), mask)

                // One more carries an exponent of all ones into the sign.
                let scaleX := and(x, 0x7f8000007f8000007f8000007f8000007f8000007f8000007f8000007f800000)
                let scaleY := and(y, 0x7f8000007f8000007f8000007f8000007f8000007f8000007f8000007f800000)
                if and(
                    or(
                        add(scaleX, 0x0080000000800000008000000080000000800000008000000080000000800000),
                        add(scaleY, 0x0080000000800000008000000080000000800000008000000080000000800000)
                    ),
                    0x8000000080000000800000008000000080000000800000008000000080000000
                ) {
                    break
                }

                // In each lane from bit 22 on: seven bits how far to shift, two bits which bin; and the sign. The sum of two scales has nine
                // bits, from bit 23 on, and none below them that could come over from the next lane.
                let places := and(xor(x, y), 0x8000000080000000800000008000000080000000800000008000000080000000)

                // An exponent that isn't zero carries into the sign if 2^31 - 1 is added. Eight bits lower is the place of the hidden bit, and of the
                // exponent's unit: the scale is the exponent less one, but for subnormal numbers, where it is zero.
                let hidden := shr(
                    8,
                    and(
                        add(scaleX, 0x7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff),
                        0x8000000080000000800000008000000080000000800000008000000080000000
                    )
                )
                x := or(and(x, 0x007fffff007fffff007fffff007fffff007fffff007fffff007fffff007fffff), hidden)
                scaleX := sub(scaleX, hidden)
                hidden := shr(
                    8,
                    and(
                        add(scaleY, 0x7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff),
                        0x8000000080000000800000008000000080000000800000008000000080000000
                    )
                )
                y := or(and(y, 0x007fffff007fffff007fffff007fffff007fffff007fffff007fffff007fffff), hidden)
                places := or(places, shr(1, add(scaleX, sub(scaleY, hidden))))

                {
                    let bin := add(bins, and(shr(248, places), 0xe0))
                    let product := mul(shr(224, x), shr(224, y))
                    mstore(bin, add(mload(bin), shl(and(shr(246, places), 0x7f), product)))
                }
                {
                    let bin := add(bins, and(shr(216, places), 0xe0))
                    let product := mul(and(shr(192, x), 0xffffffff), and(shr(192, y), 0xffffffff))
                    mstore(bin, add(mload(bin), shl(and(shr(214, places), 0x7f), product)))
                }
                {
                    let bin := add(bins, and(shr(184, places), 0xe0))
                    let product := mul(and(shr(160, x), 0xffffffff), and(shr(160, y), 0xffffffff))
                    mstore(bin, add(mload(bin), shl(and(shr(182, places), 0x7f), product)))
                }
                {
                    let bin := add(bins, and(shr(152, places), 0xe0))
                    let product := mul(and(shr(128, x), 0xffffffff), and(shr(128, y), 0xffffffff))
                    mstore(bin, add(mload(bin), shl(and(shr(150, places), 0x7f), product)))
                }
                {
                    let bin := add(bins, and(shr(120, places), 0xe0))
                    let product := mul(and(shr(96, x), 0xffffffff), and(shr(96, y), 0xffffffff))
                    mstore(bin, add(mload(bin), shl(and(shr(118, places), 0x7f), product)))
                }
                {
                    let bin := add(bins, and(shr(88, places), 0xe0))
                    let product := mul(and(shr(64, x), 0xffffffff), and(shr(64, y), 0xffffffff))
                    mstore(bin, add(mload(bin), shl(and(shr(86, places), 0x7f), product)))
                }
                {
                    let bin := add(bins, and(shr(56, places), 0xe0))
                    let product := mul(and(shr(32, x), 0xffffffff), and(shr(32, y), 0xffffffff))
                    mstore(bin, add(mload(bin), shl(and(shr(54, places), 0x7f), product)))
                }
                {
                    let bin := add(bins, and(shr(24, places), 0xe0))
                    let product := mul(and(x, 0xffffffff), and(y, 0xffffffff))
                    mstore(bin, add(mload(bin), shl(and(shr(22, places), 0x7f), product)))
                }
            }
            reached := a
        }
    }

    /// @notice The float32 at that place of calldata.
    function float32At(uint256 place) internal pure returns (uint32 bits) {
        assembly ("memory-safe") {
            bits := shr(224, calldataload(place))
        }
    }
}
