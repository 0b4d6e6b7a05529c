// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ExactSum} from "../canon/arithmetic/ExactSum.sol";
import {ExactSums} from "../canon/arithmetic/ExactSums.sol";

/// @notice Makes exact sums callable by tests. Runs are packed float32, read where they lie in calldata.
contract ExactSumHarness {
    /// @notice RN(c + Σ aₖ·bₖ)
    function dot(bytes calldata a, bytes calldata b, uint32 c) external pure returns (uint32) {
        ExactSum memory sum;
        sum.addProducts(_placeOf(a), _placeOf(b), a.length / 4);
        sum.add(c);
        return sum.round();
    }

    function sumOf(bytes calldata a) external pure returns (uint32) {
        ExactSum memory sum;
        sum.addAll(_placeOf(a), a.length / 4);
        return sum.round();
    }

    function meanOf(bytes calldata a) external pure returns (uint32) {
        ExactSum memory sum;
        sum.addAll(_placeOf(a), a.length / 4);
        return sum.roundMean(a.length / 4);
    }

    function meanOfSquares(bytes calldata a) external pure returns (uint32) {
        ExactSum memory sum;
        sum.addSquares(_placeOf(a), a.length / 4);
        return sum.roundMean(a.length / 4);
    }

    /// @notice Goes on with an encoded sum; without bytes, from zero.
    function goOn(bytes calldata encoded, bytes calldata a, bytes calldata b) external pure returns (bytes memory) {
        ExactSum memory sum;
        if (encoded.length != 0) sum = ExactSums.decode(encoded);
        sum.addProducts(_placeOf(a), _placeOf(b), a.length / 4);
        return sum.encode();
    }

    function roundEncoded(bytes calldata encoded, uint256 terms) external pure returns (uint32) {
        return ExactSums.decode(encoded).roundMean(terms);
    }

    function isNegative(bytes calldata encoded) external pure returns (bool) {
        return ExactSums.decode(encoded).isNegative();
    }

    /// @notice What adding the products costs, and rounding.
    function gasOfDot(bytes calldata a, bytes calldata b) external view returns (uint256 adding, uint256 rounding) {
        ExactSum memory sum;
        uint256 before = gasleft();
        sum.addProducts(_placeOf(a), _placeOf(b), a.length / 4);
        uint256 between = gasleft();
        sum.round();
        return (before - between, between - gasleft());
    }

    function _placeOf(bytes calldata run) private pure returns (uint256 place) {
        assembly ("memory-safe") {
            place := run.offset
        }
    }
}
