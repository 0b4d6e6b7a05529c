// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Keeps bytes as the code of a contract, which costs a third of storage words and is read at once.
/// @dev The code begins with STOP, so that nothing ever runs it.
library DataContract {
    uint256 internal constant LONGEST = 24_575; // bytes; with the byte in front the longest code (EIP-170)

    /// @dev The data are too long, or too little gas is left to deploy them.
    error DataNotStored(uint256 length);

    /// @notice Deploys a contract that holds the data, at most LONGEST bytes.
    function store(bytes memory data) internal returns (address location) {
        if (data.length > LONGEST) revert DataNotStored(data.length);
        // PUSH2 length, DUP1, PUSH1 10, PUSH0, CODECOPY, PUSH0, RETURN; what is returned begins behind those 10 bytes.
        bytes memory creation = abi.encodePacked(hex"61", uint16(data.length + 1), hex"80600a5f395ff300", data);
        assembly ("memory-safe") {
            location := create(0, add(creation, 32), mload(creation))
        }
        if (location == address(0)) revert DataNotStored(data.length);
    }

    /// @notice The data that `store` put there.
    function load(address location) internal view returns (bytes memory data) {
        data = new bytes(location.code.length - 1);
        assembly ("memory-safe") {
            extcodecopy(location, add(data, 32), 1, mload(data))
        }
    }
}
