// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Tensor} from "../canon/TensorType.sol";
import {IInferenceConsumer} from "../market/IInferenceConsumer.sol";
import {IInferenceMarket} from "../market/IInferenceMarket.sol";

/// @notice A consumer that behaves as a test tells it to when it is called back.
contract HostileConsumer is IInferenceConsumer {
    enum Behaviour {
        Record,
        Revert,
        BurnAllGas,
        ReturnMegabyte,
        RevertWithMegabyte,
        FinaliseAgain,
        FinaliseMany,
        RequestNext
    }

    IInferenceMarket private immutable MARKET;
    Behaviour private immutable BEHAVIOUR;

    /// @notice The answer as it came.
    uint64 public job;
    uint256 public gasGiven;
    bytes public data;
    uint256 public answers;

    IInferenceMarket.Request private _next;

    error Refused(uint64 job);

    constructor(IInferenceMarket market, IERC20 token, Behaviour behaviour) {
        MARKET = market;
        BEHAVIOUR = behaviour;
        token.approve(address(market), type(uint256).max);
    }

    function request(IInferenceMarket.Request calldata wanted) external returns (uint64) {
        return MARKET.request(wanted);
    }

    /// @notice Keeps a request without inputs' data copied: what the callback asks next.
    function prepareNext(IInferenceMarket.Request calldata wanted) external {
        _next = wanted;
    }

    function onInference(uint64 answered, Tensor[] calldata outputs) external {
        uint256 given = gasleft();
        if (BEHAVIOUR == Behaviour.Revert) revert Refused(answered);
        if (BEHAVIOUR == Behaviour.BurnAllGas) while (true) data;
        if (BEHAVIOUR == Behaviour.ReturnMegabyte) {
            assembly ("memory-safe") {
                return(0, 1048576)
            }
        }
        if (BEHAVIOUR == Behaviour.RevertWithMegabyte) {
            assembly ("memory-safe") {
                revert(0, 1048576)
            }
        }
        if (BEHAVIOUR == Behaviour.FinaliseAgain) MARKET.finalise(answered);
        if (BEHAVIOUR == Behaviour.FinaliseMany) {
            uint64[] memory jobs = new uint64[](1);
            jobs[0] = answered;
            MARKET.finaliseMany(jobs);
        }
        if (BEHAVIOUR == Behaviour.RequestNext) MARKET.request(_next);
        gasGiven = given;
        job = answered;
        data = outputs[0].data;
        answers++;
    }
}
