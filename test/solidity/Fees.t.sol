// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Fees} from "../../contracts/market/Fees.sol";

contract FeesTest {
    /// @notice The price is found again from its total.
    function testFuzz_priceOfATotal(uint64 price, uint64 royalty, uint16 basisPoints) external pure {
        basisPoints %= 1_001;
        uint256 fee = Fees.total(price, royalty, basisPoints);
        require(Fees.priceWithin(uint96(fee), royalty, basisPoints) == price, "inverse");
    }

    /// @notice The price within a fee is affordable, and the next one is not.
    function testFuzz_greatestPriceWithinAFee(uint96 fee, uint96 royalty, uint16 basisPoints) external pure {
        basisPoints %= 1_001;
        if (royalty > fee) (fee, royalty) = (royalty, fee);
        uint96 price = Fees.priceWithin(fee, royalty, basisPoints);
        require(Fees.total(price, royalty, basisPoints) <= fee, "affordable");
        if (price == type(uint96).max) return;
        require(Fees.total(price + 1, royalty, basisPoints) > fee, "greatest");
    }
}
