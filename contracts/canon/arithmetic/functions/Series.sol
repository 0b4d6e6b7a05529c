// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Power series by Horner's rule, in fixed point of 120 fraction bits.
/// @dev The error of each is below 2^-115: truncated terms leave less than 2^-118, and the last of the k steps of
///      Horner's rule errs by at most two units of 2^-120, the one before by two units times the factor that follows,
///      at most 1/2, and so on.
library Series {
    int256 private constant ONE = 1 << 120;

    /// @notice e^r = Σ rⁿ/n!, for |r| ≤ 0.35.
    /// @dev 0.35²⁶/26! < 2^-127.
    function exponential(int256 r) internal pure returns (uint256) {
        unchecked {
            int256 sum = ONE;
            for (int256 n = 25; n > 0; n--) sum = ONE + ((r * sum) >> 120) / n;
            return uint256(sum);
        }
    }

    /// @notice Σ qⁿ/(2n + 1)!, for |q| ≤ 1: sin x / x for q = -x², sinh x / x for q = x².
    /// @dev 1/35! < 2^-132.
    function sineQuotient(int256 q) internal pure returns (uint256) {
        unchecked {
            int256 sum = ONE;
            for (int256 n = 32; n > 0; n -= 2) sum = ONE + ((q * sum) >> 120) / (n * (n + 1));
            return uint256(sum);
        }
    }

    /// @notice Σ qⁿ/(2n)!, for |q| ≤ 1: cos x for q = -x², cosh x for q = x².
    /// @dev 1/34! < 2^-127.
    function cosine(int256 q) internal pure returns (uint256) {
        unchecked {
            int256 sum = ONE;
            for (int256 n = 32; n > 0; n -= 2) sum = ONE + ((q * sum) >> 120) / (n * (n - 1));
            return uint256(sum);
        }
    }

    /// @notice Σ qⁿ/(2n + 1): arctan x / x for q = -x², artanh x / x for q = x²; for |q| ≤ 25/144.
    /// @dev (25/144)⁴⁷/95 · 1.3 < 2^-124.
    function tangentQuotient(int256 q) internal pure returns (uint256) {
        unchecked {
            int256 sum = 0;
            for (int256 n = 93; n > 0; n -= 2) sum = ONE / n + ((q * sum) >> 120);
            return uint256(sum);
        }
    }

    /// @notice Σ (2q)ⁿ/(1·3·5···(2n + 1)), for 0 ≤ q ≤ 16, with 110 fraction bits: erf x · √π/2 · e^(x²) / x for q =
    ///         x². Its error is below 2^-101 of it.
    /// @dev At most 2^21, so that products with 2q have at most 131 + 115 bits. All terms are positive, and from the
    ///      16th on they fall; what is behind the last one here is below 2^-105 of the sum. Each of the 82 steps of
    ///      Horner's rule errs by at most two units, or 2^-109 of what it computes, which is at least one: together by
    ///      less than 2^-102.
    function errorQuotient(uint256 q) internal pure returns (uint256) {
        unchecked {
            uint256 one = 1 << 110;
            uint256 twice = 2 * q;
            uint256 sum = one;
            for (uint256 n = 165; n > 1; n -= 2) sum = one + ((twice * sum) >> 110) / n;
            return sum;
        }
    }
}
