// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Tensor} from "../canon/TensorType.sol";
import {Tensors} from "../market/Tensors.sol";
import {InferenceClient} from "./InferenceClient.sol";

/// @notice The fee of a swap pool, set from the volatility that a model expects: the wilder the market, the higher the fee
///         that makes up for the liquidity providers' loss.
/// @dev The model takes the last returns, float32 [1, window], oldest first, and answers next period's volatility, float32
///      [1, 1]. An answer never takes the fee out of its bounds, whatever it says.
contract VolatilityFee is InferenceClient {
    using Tensors for Tensor;

    /// @notice How the fee follows from the volatility. Fees are in millionths of the amount swapped.
    struct FeeRule {
        uint24 lowest;
        uint24 highest;
        uint32 perVolatility; // fee at a volatility of 1, before the bounds
    }

    /// @dev Returns and the volatility have 18 decimals: 1 % is 10^16.
    uint8 private constant DECIMALS = 18;
    int256 private constant ONE = int256(10 ** DECIMALS);

    uint256 public immutable WINDOW;
    uint24 public immutable LOWEST_FEE;
    uint24 public immutable HIGHEST_FEE;
    uint32 public immutable FEE_PER_VOLATILITY;

    // One word: fee (24 bits), pendingJob (64 bits), _oldest (16 bits).

    /// @notice The fee of a swap now, in millionths.
    uint24 public fee;
    /// @notice The newest request while its answer is outstanding, else 0.
    uint64 public pendingJob;
    /// @dev Where the oldest return lies once the window is full.
    uint16 private _oldest;
    /// @dev The last returns, as a ring.
    int64[] private _returns;
    bytes private _lastOutput;

    event ReturnRecorded(int64 value);
    event VolatilityRequested(uint64 indexed job);
    event FeeSet(uint64 indexed job, int256 volatility, uint24 fee);
    event StaleAnswerIgnored(uint64 indexed job);

    /// @dev The window is empty or too long, or the lowest fee is above the highest, or that is above the whole amount.
    error InvalidRule(uint256 window, FeeRule rule);
    /// @dev Too few returns are recorded for a request.
    error WindowNotFull(uint256 recorded, uint256 window);

    constructor(Subscription memory subscription, uint16 window, FeeRule memory rule) InferenceClient(subscription) {
        if (window == 0 || rule.lowest > rule.highest || rule.highest > 1_000_000) revert InvalidRule(window, rule);
        WINDOW = window;
        LOWEST_FEE = rule.lowest;
        HIGHEST_FEE = rule.highest;
        FEE_PER_VOLATILITY = rule.perVolatility;
        // Until a model has answered, liquidity is protected best by the highest fee.
        fee = rule.highest;
    }

    /// @notice Adds a period's return; the oldest one falls out of a full window. Only the owner (say, the pool) may call.
    /// @param value The return, 18 decimals.
    function recordReturn(int64 value) external onlyOwner {
        if (_returns.length < WINDOW) {
            _returns.push(value);
        } else {
            _returns[_oldest] = value;
            _oldest = uint16((_oldest + 1) % WINDOW);
        }
        emit ReturnRecorded(value);
    }

    /// @notice Asks the model for the volatility to expect; its answer sets the fee. Only the owner may call.
    /// @dev A newer request supersedes one that is still outstanding.
    /// @param maxFee Most that the answer may cost, request fee apart.
    function requestVolatility(uint96 maxFee) external onlyOwner returns (uint64 job) {
        Tensor[] memory inputs = new Tensor[](1);
        inputs[0] = Tensors.ofFixedPoint(recordedReturns(), DECIMALS, Tensors.shape(1, WINDOW));
        job = _request(inputs, maxFee);
        pendingJob = job;
        emit VolatilityRequested(job);
    }

    /// @notice The returns that a request would send, oldest first, 18 decimals.
    /// @dev Reverts with WindowNotFull.
    function recordedReturns() public view returns (int256[] memory values) {
        if (_returns.length < WINDOW) revert WindowNotFull(_returns.length, WINDOW);
        values = new int256[](WINDOW);
        for (uint256 age = 0; age < WINDOW; age++) {
            values[age] = _returns[(_oldest + age) % WINDOW];
        }
    }

    /// @notice The last answer that set the fee, as the worker gave it: one float32, big-endian. Empty before the first.
    function lastOutput() external view returns (bytes memory) {
        return _lastOutput;
    }

    /// @dev A NaN or an infinite answer reverts, so the fee stays what it was.
    function _onAnswer(uint64 job, Tensor[] calldata outputs) internal override {
        if (job != pendingJob) {
            emit StaleAnswerIgnored(job);
            return;
        }
        int256 volatility = outputs[0].fixedPointAt(0, DECIMALS);
        pendingJob = 0;
        fee = _feeAt(volatility);
        _lastOutput = outputs[0].data;
        emit FeeSet(job, volatility, fee);
    }

    function _feeAt(int256 volatility) private view returns (uint24) {
        // A float32 is below 2^128, so the product stays below 2^128 * 10^18 * 2^32.
        int256 wanted = (volatility * int256(uint256(FEE_PER_VOLATILITY))) / ONE;
        if (wanted < int256(uint256(LOWEST_FEE))) return LOWEST_FEE;
        if (wanted > int256(uint256(HIGHEST_FEE))) return HIGHEST_FEE;
        return uint24(uint256(wanted));
    }
}
