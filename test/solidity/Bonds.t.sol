// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Bonds} from "../../contracts/court/Bonds.sol";

/// @notice How challenge bonds are divided, for random terms.
contract BondsTest {
    function testFuzz_everyUnitGoesSomewhere(uint96 surplus, uint88 price, uint88 allowance, bool first) external pure {
        uint96 bond = _bond(surplus, price, allowance);
        uint256 due = first ? Bonds.compensation(price, allowance) : 0;
        (uint96 paid, uint96 rewarded, uint96 burned) = Bonds.divide(bond, due, allowance);
        require(paid == due && rewarded == allowance / 16, "parts");
        require(uint256(paid) + rewarded + burned == bond, "sum");
    }

    function testFuzz_selfChallengeLoses(uint96 surplus, uint88 price, uint88 allowance) external pure {
        uint96 bond = _bond(surplus, price, allowance);
        uint256 due = Bonds.compensation(price, allowance);
        (, , uint96 burned) = Bonds.divide(bond, due, allowance);
        require(16 * uint256(burned) >= 15 * due, "self-challenge");
    }

    /// @dev The least bond, or as much more as fits.
    function _bond(uint96 surplus, uint88 price, uint88 allowance) private pure returns (uint96) {
        uint96 least = uint96(Bonds.minimum(price, allowance));
        return least + (surplus % (type(uint96).max - least));
    }
}
