// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Tensor, TensorType} from "../../contracts/canon/TensorType.sol";
import {IParameterSets} from "../../contracts/market/IParameterSets.sol";
import {IModelRegistry} from "../../contracts/registry/IModelRegistry.sol";

/// @notice What the walks through the market and the court have in common: a model from a scalar float32 to another, its
///         tensors, and periods of seconds.
library SmallMarket {
    TensorType private constant SCALAR = TensorType.wrap(uint256(1) << 252);

    /// @notice The model's only version, exact and free; its program may be none.
    function version(bytes32 programRoot) internal pure returns (IModelRegistry.Version memory content) {
        content.manifest = hex"01";
        content.fileHash = bytes32(uint256(1));
        content.fileLength = 1;
        content.licence = "Apache-2.0";
        content.bands = new IModelRegistry.Band[](1);
        content.domains = new IModelRegistry.Domain[](1);
        content.bindings = new IModelRegistry.Binding[](1);
        TensorType[] memory kinds = new TensorType[](1);
        kinds[0] = SCALAR;
        content.bindings[0] = IModelRegistry.Binding(programRoot, kinds, kinds);
    }

    /// @notice All inputs of a job, or all outputs.
    function tensors(bytes memory data) internal pure returns (Tensor[] memory only) {
        only = new Tensor[](1);
        only[0] = Tensor(SCALAR, data);
    }

    function parameters(uint16 basisPoints) internal pure returns (IParameterSets.MarketParameters memory) {
        return
            IParameterSets.MarketParameters({
                requestFee: 0.1 ether,
                latePenalty: 0.1 ether,
                declinePeriod: 40,
                claimPeriod: 40,
                minimumBond: 100 ether,
                protocolFeeBasisPoints: basisPoints,
                leasePeriod: 40,
                lastDeadlinePeriod: 90,
                challengeWindow: 90,
                outputLimit: 24_000
            });
    }
}
