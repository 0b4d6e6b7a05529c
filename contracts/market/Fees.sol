// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice What a job costs in all: the worker's price, the owner's royalty, and the protocol's share of the price.
library Fees {
    uint256 internal constant WHOLE = 10_000; // basis points

    /// @notice price + royalty + ⌊price · basisPoints / 10,000⌋. Wider than a fee, since no sum is refused here.
    function total(uint96 price, uint96 royalty, uint16 basisPoints) internal pure returns (uint256) {
        return uint256(price) + royalty + (uint256(price) * basisPoints) / WHOLE;
    }

    /// @notice The greatest price whose total is at most `fee`; the price itself for a fee that is a total.
    /// @param fee At least the royalty.
    function priceWithin(uint96 fee, uint96 royalty, uint16 basisPoints) internal pure returns (uint96) {
        // ⌊p · (WHOLE + b) / WHOLE⌋ ≤ rest  ⟺  p · (WHOLE + b) < (rest + 1) · WHOLE
        uint256 rest = uint256(fee) - royalty;
        return uint96(((rest + 1) * WHOLE - 1) / (WHOLE + basisPoints)); // at most `rest`
    }
}
