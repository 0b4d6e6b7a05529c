// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Tensor} from "../canon/TensorType.sol";
import {IInferenceConsumer} from "../market/IInferenceConsumer.sol";
import {IInferenceMarket} from "../market/IInferenceMarket.sol";

/// @notice What every contract that asks a model needs: it holds $OPG, pays for requests with it, takes answers from the
///         market alone, and gives what is left back to its owner.
/// @dev To use it, inherit, call `_request` and implement `_onAnswer`. Surplus and refunds are credited in the market;
///      `market.withdraw(address(this))`, callable by anyone, brings them here.
abstract contract InferenceClient is IInferenceConsumer {
    using SafeERC20 for IERC20;

    /// @notice Which model to ask, and how.
    struct Subscription {
        IInferenceMarket market;
        IERC20 token; // $OPG
        address owner; // requests, and withdraws this contract's $OPG
        uint32 version; // model version
        uint8 binding; // which shape binding
        bool acceptUndisputable; // needed for a binding that no court can judge
        uint24 callbackGas; // for onInference; measure it, and leave a margin
        uint96 bond; // least bond behind an answer, $OPG; 0: the model's
    }

    IInferenceMarket public immutable MARKET;
    IERC20 public immutable TOKEN;
    address public immutable OWNER;
    uint32 public immutable VERSION;
    uint8 public immutable BINDING;
    bool public immutable ACCEPT_UNDISPUTABLE;
    uint24 public immutable CALLBACK_GAS;
    uint96 public immutable BOND;

    event FundsWithdrawn(address indexed to, uint256 amount);

    /// @dev Only the owner may do this.
    error NotOwner(address caller);
    /// @dev Only the market answers.
    error NotMarket(address caller);
    /// @dev Without an owner nobody could request or withdraw.
    error NoOwner();

    modifier onlyOwner() {
        if (msg.sender != OWNER) revert NotOwner(msg.sender);
        _;
    }

    constructor(Subscription memory subscription) {
        if (subscription.owner == address(0)) revert NoOwner();
        MARKET = subscription.market;
        TOKEN = subscription.token;
        OWNER = subscription.owner;
        VERSION = subscription.version;
        BINDING = subscription.binding;
        ACCEPT_UNDISPUTABLE = subscription.acceptUndisputable;
        CALLBACK_GAS = subscription.callbackGas;
        BOND = subscription.bond;
        // The market takes tokens only in `request`, from its caller, and never more than that request names.
        subscription.token.forceApprove(address(subscription.market), type(uint256).max);
    }

    /// @inheritdoc IInferenceConsumer
    function onInference(uint64 job, Tensor[] calldata outputs) external override {
        if (msg.sender != address(MARKET)) revert NotMarket(msg.sender);
        _onAnswer(job, outputs);
    }

    /// @notice Sends $OPG that this contract holds. Only the owner may call.
    function withdraw(address to, uint256 amount) external onlyOwner {
        emit FundsWithdrawn(to, amount);
        TOKEN.safeTransfer(to, amount);
    }

    /// @dev Asks for one inference.
    /// @param maxFee Most that it may cost, request fee apart; `market.quote` says what it takes.
    function _request(Tensor[] memory inputs, uint96 maxFee) internal returns (uint64 job) {
        return
            MARKET.request(
                IInferenceMarket.Request({
                    version: VERSION,
                    binding: BINDING,
                    acceptUndisputable: ACCEPT_UNDISPUTABLE,
                    outputsByReference: false,
                    callbackGas: CALLBACK_GAS,
                    maxFee: maxFee,
                    bond: BOND,
                    claimPeriod: 0,
                    inputs: inputs,
                    references: new IInferenceMarket.Reference[](0)
                })
            );
    }

    /// @dev Takes the market's answer. Answers may come late or in another order than the requests, and a revert here loses
    ///      this one: it is not sent again. The outputs have the model's types.
    function _onAnswer(uint64 job, Tensor[] calldata outputs) internal virtual;
}
