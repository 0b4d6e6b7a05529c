// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice A sum of products of float32, exact until it is rounded once (docs/canon.md, section 6).
struct ExactSum {
    uint256[8] bins;
    bool notANumber;
    bool plusInfinity;
    bool minusInfinity;
}

using ExactSums for ExactSum global;

library ExactSums {
    error MalformedSum(uint256 length);

    function zero() internal pure returns (ExactSum memory sum) {}
    /// @notice Adds a · b. Any bits: they become canonical as they are read.
    function addProduct(ExactSum memory sum, uint32 a, uint32 b) internal pure {
        sum;
        a;
        b;
        revert();
    }
    /// @notice Adds a.
    function add(ExactSum memory sum, uint32 a) internal pure {
        sum;
        a;
        revert();
    }
    /// @notice Adds the products of `count` pairs of big-endian float32 that follow one another in calldata from the offsets a and b on.
    function addProducts(ExactSum memory sum, uint256 a, uint256 b, uint256 count) internal pure {
        sum;
        a;
        b;
        count;
        revert();
    }
    /// @notice Adds `count` big-endian float32 that follow one another in calldata from the offset on.
    function addAll(ExactSum memory sum, uint256 a, uint256 count) internal pure {
        sum;
        a;
        count;
        revert();
    }
    /// @notice RN(sum)
    function round(ExactSum memory sum) internal pure returns (uint32) {
        sum;
        revert();
    }
    /// @notice RN(sum / terms); NaN for no terms.
    function roundMean(ExactSum memory sum, uint256 terms) internal pure returns (uint32) {
        sum;
        terms;
        revert();
    }
    /// @notice 129 bytes that `decode` turns into the same sum.
    function encode(ExactSum memory sum) internal pure returns (bytes memory) {
        sum;
        revert();
    }
    function decode(bytes calldata encoded) internal pure returns (ExactSum memory sum) {
        encoded;
        sum;
        revert();
    }
}
