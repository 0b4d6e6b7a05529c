// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @notice $OPG: what jobs cost and what stands behind their answers. The supply is made once and can only be burned.
contract OPG is ERC20, ERC20Burnable, ERC20Permit {
    /// @notice The whole supply, 18 decimals. It fits 90 bits, so that every amount fits an uint96.
    uint256 public constant INITIAL_SUPPLY = 1_000_000_000 ether;

    /// @param treasury Receives the whole supply.
    constructor(address treasury) ERC20("OpenGradient", "OPG") ERC20Permit("OpenGradient") {
        _mint(treasury, INITIAL_SUPPLY);
    }
}
