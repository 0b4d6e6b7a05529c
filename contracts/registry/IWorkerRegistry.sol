// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Workers, their stake, and the offers they make for model versions.
/// @dev An offer is *frozen in time* for every job: whether it existed, its price and the bond it accepts are those of the
///      instant of the request. So the draw of a job's worker is a function of the past and one later block's hash, and nobody,
///      the drawn worker included, can move it afterwards.
interface IWorkerRegistry {
    /// @notice A worker's account.
    struct Worker {
        address withdrawal; // cold address: every payment and all returned stake go there
        uint96 staked; // all stake in the registry, the parts below included
        uint96 locked; // bonds of claimed jobs
        uint96 unbonding; // on its way out, still liable
        uint40 unbondedAt; // instant from which `unbonding` can be withdrawn
        uint32 offers; // number of open offers
    }

    /// @notice What a worker asks for one job of a version.
    struct Offer {
        address worker;
        uint96 price; // $OPG a job
        uint96 bondLimit; // greatest job bond it accepts, $OPG
        uint40 since; // instant from which the offer stands
        uint40 until; // instant from which it no longer stands; 0: open
    }

    event WorkerRegistered(address indexed worker, address indexed withdrawal);
    event WithdrawalAddressChanged(address indexed worker, address indexed withdrawal);
    event DelegateSet(address indexed worker, address indexed delegate, bool allowed);
    event Staked(address indexed worker, address indexed from, uint96 amount);
    event UnbondingStarted(address indexed worker, uint96 amount, uint40 unbondedAt);
    event UnbondingCancelled(address indexed worker, uint96 amount);
    event StakeWithdrawn(address indexed worker, address indexed to, uint96 amount);
    event OfferOpened(uint32 indexed version, address indexed worker, uint32 position, uint96 price, uint96 bondLimit);
    event OfferRepriced(uint32 indexed version, address indexed worker, uint96 price, uint96 bondLimit);
    event OfferClosed(uint32 indexed version, address indexed worker);
    event ProgramAttested(uint32 indexed version, address indexed worker, uint8 binding, bytes32 programRoot);
    event StakePenalised(address indexed worker, uint96 burned);
    event StakeSlashed(address indexed worker, uint96 amount);

    /// @dev The account is not a registered worker.
    error UnknownWorker(address worker);
    /// @dev The account is a registered worker already.
    error AlreadyRegistered(address worker);
    /// @dev A withdrawal address or delegate of zero.
    error ZeroAddress();
    /// @dev An amount of zero.
    error ZeroAmount();
    /// @dev Only the worker's withdrawal address may do this.
    error NotWithdrawalAddress(address worker, address caller);
    /// @dev Only the worker or one of its delegates may do this.
    error NotWorker(address worker, address caller);
    /// @dev Only the market may do this.
    error NotMarket(address caller);
    /// @dev The stake is below what an offer, or an attestation, needs.
    error StakeTooLow(address worker, uint96 staked, uint96 minimum);
    /// @dev The worker's stake is unbonding: cancel that before opening offers.
    error StakeUnbonding(address worker, uint96 unbonding);
    /// @dev The free stake does not cover the amount.
    error InsufficientFreeStake(address worker, uint96 free, uint96 needed);
    /// @dev Open offers must be closed before the stake goes below the minimum.
    error OffersOpen(address worker, uint32 offers);
    /// @dev The unbonding delay has not passed, or nothing is unbonding.
    error NotUnbonded(address worker, uint40 unbondedAt);
    /// @dev The worker offers this version already.
    error OfferExists(uint32 version, address worker);
    /// @dev The worker has no open offer for this version.
    error NoOffer(uint32 version, address worker);
    /// @dev An offer is repriced or opened again at most once in the cooldown, so that every running job still finds its own.
    error RepricedTooSoon(uint32 version, address worker, uint40 allowedAt);

    /// @dev The binding has no program to attest.
    error NoProgram(uint32 version, uint8 binding);
    /// @dev Another root than the registered one: the worker's lowering of the file differs from the owner's.
    error AttestedRootDiffers(uint32 version, uint8 binding, bytes32 attested, bytes32 registered);
    /// @dev The worker has attested this binding already.
    error AlreadyAttested(uint32 version, uint8 binding, address worker);

    /// @notice Registers the caller (the hot key) as a worker.
    /// @param withdrawal The cold address that receives every payment and all returned stake.
    function register(address withdrawal) external;

    /// @notice Replaces the cold address. Only the present cold address may call.
    function setWithdrawalAddress(address worker, address withdrawal) external;

    /// @notice Allows or forbids an account to act for the worker in jobs. Only the cold address may call.
    function setDelegate(address worker, address delegate, bool allowed) external;

    /// @notice Adds stake to a worker from the caller's approved $OPG.
    function stake(address worker, uint96 amount) external;

    /// @notice Starts to take free stake out; a second call adds to the amount and restarts the delay.
    /// @dev Callable by the worker or its cold address. What unbonds stays liable to penalties until withdrawn.
    function startUnbonding(address worker, uint96 amount) external;

    /// @notice Puts all unbonding stake back to work. Callable by the worker or its cold address.
    function cancelUnbonding(address worker) external;

    /// @notice Sends stake whose delay has passed to the cold address. Callable by anyone.
    function withdrawStake(address worker) external;

    /// @notice Offers to run a version. Callable by the worker or a delegate.
    /// @dev A closed offer can be opened again, like a new price, once in the cooldown.
    function openOffer(address worker, uint32 version, uint96 price, uint96 bondLimit) external;

    /// @notice Changes an offer for later jobs. Callable by the worker or a delegate.
    function reprice(address worker, uint32 version, uint96 price, uint96 bondLimit) external;

    /// @notice Ends an offer. Jobs requested before still count on it. Callable by the worker or a delegate; by anyone once
    ///         the worker's stake, without what unbonds, is below the minimum.
    function closeOffer(address worker, uint32 version) external;

    /// @notice Says, for all to know, that the worker lowered the version's file again and got this program root. Callable by
    ///         the worker or a delegate, with the stake that an offer needs, once for each binding.
    /// @dev Information for requesters, never a judgement: the program is the model, whoever attests it. An attestation stays
    ///      when the worker's stake goes, and can't be taken back.
    function attest(address worker, uint32 version, uint8 binding, bytes32 programRoot) external;

    /// @notice Locks free stake as a job's bond. Only the market may call.
    /// @dev Locking and unlocking emit nothing: the market's events tell of every job and its bond.
    function lock(address worker, uint96 amount) external;

    /// @notice Frees a job's bond. Only the market may call.
    function unlock(address worker, uint96 amount) external;

    /// @notice Burns up to `amount` of a worker's unlocked stake for a missed deadline. Only the market may call.
    /// @return burned What was there to burn.
    function penalise(address worker, uint96 amount) external returns (uint96 burned);

    /// @notice Takes a locked bond away and sends it to the market, which shares it out. Only the market may call.
    function slash(address worker, uint96 amount) external;

    /// @notice A worker's account.
    function workerOf(address worker) external view returns (Worker memory);

    /// @notice Stake that is neither locked nor unbonding.
    function freeStakeOf(address worker) external view returns (uint96);

    /// @notice Whether `account` is the worker itself or one of its delegates.
    function actsFor(address worker, address account) external view returns (bool);

    /// @notice Where payments to `account` go: a worker's cold address, any other account itself.
    function payeeOf(address account) external view returns (address);

    /// @notice For how many seconds after a request the registry still knows the offers of its instant.
    function cooldown() external view returns (uint40);

    /// @notice How many workers have attested a binding's program.
    function attestationsOf(uint32 version, uint8 binding) external view returns (uint32);

    /// @notice Whether the worker has attested the binding's program.
    function hasAttested(uint32 version, uint8 binding, address worker) external view returns (bool);

    /// @notice Number of positions in a version's list of offers, vacant ones included.
    function positionsOf(uint32 version) external view returns (uint32);

    /// @notice The offer at a position as it stands now; worker zero when the position is vacant.
    function offerAt(uint32 version, uint32 position) external view returns (Offer memory);

    /// @notice The worker's offer for the version as it stands now; reverts with NoOffer.
    function offerOf(uint32 version, address worker) external view returns (Offer memory);

    /// @notice The first offer, from position `seed` modulo the number of positions onwards and around, that stood at
    ///         `instant` with a price of at most `priceLimit` and a bond limit of at least `bond`.
    /// @return worker Zero if there is none.
    /// @return price Its price at that instant.
    function draw(
        uint32 version,
        uint256 seed,
        uint40 instant,
        uint96 priceLimit,
        uint96 bond
    ) external view returns (address worker, uint96 price);

    /// @notice The price at `instant` of the worker's open offer, or today's price if the offer is younger; reverts with
    ///         NoOffer if it has none now.
    function priceOf(
        uint32 version,
        address worker,
        uint40 instant
    ) external view returns (uint96 price, uint96 bondLimit);

    /// @notice The lowest price among the offers that accept `bond` now, and how many such offers stand.
    function quote(uint32 version, uint96 bond) external view returns (uint96 lowestPrice, uint32 offers);
}
