// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice The parameters of the market and of the court, in immutable sets. A job keeps the set that was current at its
///         request, so nothing that is added later touches it.
interface IParameterSets {
    /// @notice What the market reads. Durations in seconds, amounts in $OPG with 18 decimals.
    /// @dev In this order it fills two storage words, of which a claim needs only the second.
    struct MarketParameters {
        uint96 requestFee; // taken at request to be burned, whatever comes
        uint96 latePenalty; // burned from a worker that misses its deadline; never above requestFee
        uint32 declinePeriod; // how long the drawn worker may decline for free
        uint32 claimPeriod; // default time for the drawn worker
        uint96 minimumBond; // floor of every job bond
        uint16 protocolFeeBasisPoints; // of the worker's price; at most 1,000
        uint32 leasePeriod; // time for a worker that takes over
        uint32 lastDeadlinePeriod; // from request to the last deadline
        uint32 challengeWindow; // from claim to the earliest finalisation
        uint32 outputLimit; // bytes of all inline outputs together
    }

    /// @notice What the court reads, in one storage word. Durations in seconds, the amount in $OPG with 18 decimals.
    struct CourtParameters {
        uint32 openPeriod; // from a challenge's commitment to its last opening; of the set current at the commitment
        uint32 assertPeriod; // from a job's first opened challenge to the trace
        uint32 workerClock; // the worker's chess clock in one challenge
        uint32 challengerClock; // the challenger's
        uint32 extension; // least time after the opponent's move, and for a challenge committed earlier to refute, too
        uint8 demandLimit; // demands in one challenge
        uint88 answerAllowance; // the worker's worst-case gas of one dispute, before prepayments; at most a tenth of minimumBond
    }

    event ParametersAdded(uint16 indexed id, MarketParameters market, CourtParameters court);

    /// @dev Only the governor (a timelock) may do this.
    error NotGovernor(address caller);
    /// @dev The set breaks one of its bounds; `field` counts from 0 through the market's fields, then the court's.
    error InvalidParameters(uint8 field);

    /// @notice Adds a set, which counts for later jobs only. Only the governor.
    /// @return id The new set's id, counted from 1.
    function add(MarketParameters calldata market, CourtParameters calldata court) external returns (uint16 id);

    /// @notice The id of the set that the next request gets.
    function current() external view returns (uint16);

    /// @notice What a request needs, in one call.
    function currentMarketParameters() external view returns (uint16 id, MarketParameters memory);

    /// @notice The market's part of a set; zeros of one that isn't there.
    function marketParametersOf(uint16 id) external view returns (MarketParameters memory);

    /// @notice What a claim needs of a set, cheaply.
    function challengeWindowOf(uint16 id) external view returns (uint32);

    /// @notice The court's part of a set; zeros of one that isn't there.
    function courtParametersOf(uint16 id) external view returns (CourtParameters memory);
}
