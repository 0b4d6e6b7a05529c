// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";

import {IModelRegistry} from "./IModelRegistry.sol";
import {IWorkerRegistry} from "./IWorkerRegistry.sol";
import {OfferBook} from "./OfferBook.sol";

/// @notice Workers, their stake, the offers they make for model versions and the programs that they attest.
/// @dev Stake moves only between its four parts (free, locked, unbonding, gone); it leaves the registry by withdrawal to the
///      cold address, by a penalty that burns it, or by a slash that hands it to the market.
contract WorkerRegistry is IWorkerRegistry {
    using OfferBook for OfferBook.Book;
    using OfferBook for OfferBook.Place;

    /// @dev Storage layout, three words; locking and unlocking a bond touch the first alone:
    ///
    ///        0  free 96 | locked 96 | offers 32
    ///        1  unbonding 96 | unbondedAt 40
    ///        2  withdrawal 160
    struct Account {
        uint96 free;
        uint96 locked;
        uint32 offers;
        uint96 unbonding;
        uint40 unbondedAt;
        address withdrawal; // zero: not registered
    }

    /// @dev Of one binding's program.
    struct Attestations {
        uint32 count;
        mapping(address worker => bool) by;
    }

    /// @notice The token that is staked.
    ERC20Burnable public immutable TOKEN;
    /// @notice The only account that locks, unlocks, penalises and slashes.
    address public immutable MARKET;
    /// @notice The registry of the programs that workers attest.
    IModelRegistry public immutable MODELS;
    /// @notice Stake that a worker needs to open an offer, and keeps while it has one.
    uint96 public immutable MINIMUM_STAKE;
    /// @notice Seconds for which past offers are remembered.
    uint40 public immutable COOLDOWN;
    /// @notice Seconds from the start of unbonding to the withdrawal.
    uint40 public immutable UNBONDING_DELAY;

    mapping(address worker => Account) private _accounts;
    mapping(address worker => mapping(address delegate => bool)) private _delegates;
    mapping(uint32 version => OfferBook.Book) private _books;
    mapping(uint32 version => mapping(uint8 binding => Attestations)) private _attestations;

    /// @dev The cooldown is zero or longer than the unbonding delay.
    error InvalidDelays(uint40 cooldown, uint40 unbondingDelay);

    modifier onlyMarket() {
        if (msg.sender != MARKET) revert NotMarket(msg.sender);
        _;
    }

    modifier onlyWithdrawalAddress(address worker) {
        if (msg.sender != _known(worker).withdrawal) revert NotWithdrawalAddress(worker, msg.sender);
        _;
    }

    modifier onlyWorkerOrWithdrawalAddress(address worker) {
        if (msg.sender != _known(worker).withdrawal && msg.sender != worker) revert NotWorker(worker, msg.sender);
        _;
    }

    modifier onlyActing(address worker) {
        _known(worker);
        if (!actsFor(worker, msg.sender)) revert NotWorker(worker, msg.sender);
        _;
    }

    /// @param token $OPG.
    /// @param market The market, which may not be deployed yet.
    /// @param models The registry of model versions.
    /// @param minimumStake In $OPG.
    /// @param cooldownSeconds At least twice the longest job, which the market checks of its parameters.
    /// @param unbondingDelay Seconds; at least the cooldown, so that stake is there for the jobs that count on it.
    constructor(
        ERC20Burnable token,
        address market,
        IModelRegistry models,
        uint96 minimumStake,
        uint40 cooldownSeconds,
        uint40 unbondingDelay
    ) {
        if (address(token) == address(0) || market == address(0) || address(models) == address(0)) revert ZeroAddress();
        if (minimumStake == 0) revert ZeroAmount();
        if (cooldownSeconds == 0 || unbondingDelay < cooldownSeconds) {
            revert InvalidDelays(cooldownSeconds, unbondingDelay);
        }
        TOKEN = token;
        MARKET = market;
        MODELS = models;
        MINIMUM_STAKE = minimumStake;
        COOLDOWN = cooldownSeconds;
        UNBONDING_DELAY = unbondingDelay;
    }

    /// @inheritdoc IWorkerRegistry
    function register(address withdrawal) external {
        if (withdrawal == address(0)) revert ZeroAddress();
        Account storage account = _accounts[msg.sender];
        if (account.withdrawal != address(0)) revert AlreadyRegistered(msg.sender);
        account.withdrawal = withdrawal;
        emit WorkerRegistered(msg.sender, withdrawal);
    }

    /// @inheritdoc IWorkerRegistry
    function setWithdrawalAddress(address worker, address withdrawal) external onlyWithdrawalAddress(worker) {
        if (withdrawal == address(0)) revert ZeroAddress();
        _accounts[worker].withdrawal = withdrawal;
        emit WithdrawalAddressChanged(worker, withdrawal);
    }

    /// @inheritdoc IWorkerRegistry
    function setDelegate(address worker, address delegate, bool allowed) external onlyWithdrawalAddress(worker) {
        if (delegate == address(0)) revert ZeroAddress();
        _delegates[worker][delegate] = allowed;
        emit DelegateSet(worker, delegate, allowed);
    }

    /// @inheritdoc IWorkerRegistry
    function stake(address worker, uint96 amount) external {
        if (amount == 0) revert ZeroAmount();
        _known(worker).free += amount;
        emit Staked(worker, msg.sender, amount);
        // $OPG reverts or returns true, and calls nobody.
        TOKEN.transferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IWorkerRegistry
    function startUnbonding(address worker, uint96 amount) external onlyWorkerOrWithdrawalAddress(worker) {
        if (amount == 0) revert ZeroAmount();
        Account storage account = _accounts[worker];
        _takeFree(account, worker, amount);
        // INVARIANT: who has an open offer and has not been penalised has the minimum stake, what unbonds apart.
        if (account.offers != 0 && account.free + account.locked < MINIMUM_STAKE) {
            revert OffersOpen(worker, account.offers);
        }
        account.unbonding += amount;
        account.unbondedAt = uint40(block.timestamp) + UNBONDING_DELAY;
        emit UnbondingStarted(worker, amount, account.unbondedAt);
    }

    /// @inheritdoc IWorkerRegistry
    function cancelUnbonding(address worker) external onlyWorkerOrWithdrawalAddress(worker) {
        Account storage account = _accounts[worker];
        uint96 amount = account.unbonding;
        if (amount == 0) revert NotUnbonded(worker, 0);
        account.free += amount;
        account.unbonding = 0;
        account.unbondedAt = 0;
        emit UnbondingCancelled(worker, amount);
    }

    /// @inheritdoc IWorkerRegistry
    function withdrawStake(address worker) external {
        Account storage account = _known(worker);
        uint96 amount = account.unbonding;
        if (amount == 0 || block.timestamp < account.unbondedAt) revert NotUnbonded(worker, account.unbondedAt);
        address withdrawal = account.withdrawal;
        account.unbonding = 0;
        account.unbondedAt = 0;
        emit StakeWithdrawn(worker, withdrawal, amount);
        TOKEN.transfer(withdrawal, amount);
    }

    /// @inheritdoc IWorkerRegistry
    function openOffer(address worker, uint32 version, uint96 price, uint96 bondLimit) external onlyActing(worker) {
        Account storage account = _accounts[worker];
        if (account.unbonding != 0) revert StakeUnbonding(worker, account.unbonding);
        _requireMinimumStake(worker, account);
        account.offers++;
        uint32 position = _books[version].open(version, worker, price, bondLimit, COOLDOWN);
        emit OfferOpened(version, worker, position, price, bondLimit);
    }

    /// @inheritdoc IWorkerRegistry
    function reprice(address worker, uint32 version, uint96 price, uint96 bondLimit) external onlyActing(worker) {
        _books[version].reprice(version, worker, price, bondLimit, COOLDOWN);
        emit OfferRepriced(version, worker, price, bondLimit);
    }

    /// @inheritdoc IWorkerRegistry
    function closeOffer(address worker, uint32 version) external {
        Account storage account = _known(worker);
        // A worker that has nothing left to lose must not stay in the draw because it doesn't care to leave.
        bool liable = account.free + account.locked >= MINIMUM_STAKE;
        if (liable && !actsFor(worker, msg.sender)) revert NotWorker(worker, msg.sender);
        _books[version].close(version, worker);
        account.offers--;
        emit OfferClosed(version, worker);
    }

    /// @inheritdoc IWorkerRegistry
    function attest(address worker, uint32 version, uint8 binding, bytes32 programRoot) external onlyActing(worker) {
        _requireMinimumStake(worker, _accounts[worker]);
        bytes32 registered = MODELS.programRootOf(version, binding);
        if (registered == 0) revert NoProgram(version, binding);
        if (programRoot != registered) revert AttestedRootDiffers(version, binding, programRoot, registered);
        Attestations storage attestations = _attestations[version][binding];
        if (attestations.by[worker]) revert AlreadyAttested(version, binding, worker);
        attestations.by[worker] = true;
        attestations.count++;
        emit ProgramAttested(version, worker, binding, programRoot);
    }

    /// @inheritdoc IWorkerRegistry
    function lock(address worker, uint96 amount) external onlyMarket {
        Account storage account = _accounts[worker];
        _takeFree(account, worker, amount);
        account.locked += amount;
    }

    /// @inheritdoc IWorkerRegistry
    function unlock(address worker, uint96 amount) external onlyMarket {
        Account storage account = _accounts[worker];
        account.locked -= amount;
        account.free += amount;
    }

    /// @inheritdoc IWorkerRegistry
    function penalise(address worker, uint96 amount) external onlyMarket returns (uint96 burned) {
        Account storage account = _accounts[worker];
        uint96 fromFree = amount < account.free ? amount : account.free;
        uint96 fromUnbonding = amount - fromFree < account.unbonding ? amount - fromFree : account.unbonding;
        account.free -= fromFree;
        account.unbonding -= fromUnbonding;
        burned = fromFree + fromUnbonding;
        emit StakePenalised(worker, burned);
        TOKEN.burn(burned);
    }

    /// @inheritdoc IWorkerRegistry
    function slash(address worker, uint96 amount) external onlyMarket {
        _accounts[worker].locked -= amount;
        emit StakeSlashed(worker, amount);
        TOKEN.transfer(MARKET, amount);
    }

    /// @inheritdoc IWorkerRegistry
    function workerOf(address worker) external view returns (Worker memory) {
        Account storage account = _known(worker);
        return
            Worker({
                withdrawal: account.withdrawal,
                staked: account.free + account.locked + account.unbonding,
                locked: account.locked,
                unbonding: account.unbonding,
                unbondedAt: account.unbondedAt,
                offers: account.offers
            });
    }

    /// @inheritdoc IWorkerRegistry
    function freeStakeOf(address worker) external view returns (uint96) {
        return _accounts[worker].free;
    }

    /// @inheritdoc IWorkerRegistry
    function payeeOf(address account) external view returns (address) {
        address withdrawal = _accounts[account].withdrawal;
        return withdrawal == address(0) ? account : withdrawal;
    }

    /// @inheritdoc IWorkerRegistry
    function cooldown() external view returns (uint40) {
        return COOLDOWN;
    }

    /// @inheritdoc IWorkerRegistry
    function attestationsOf(uint32 version, uint8 binding) external view returns (uint32) {
        return _attestations[version][binding].count;
    }

    /// @inheritdoc IWorkerRegistry
    function hasAttested(uint32 version, uint8 binding, address worker) external view returns (bool) {
        return _attestations[version][binding].by[worker];
    }

    /// @inheritdoc IWorkerRegistry
    function positionsOf(uint32 version) external view returns (uint32) {
        return _books[version].size;
    }

    /// @inheritdoc IWorkerRegistry
    function offerAt(uint32 version, uint32 position) external view returns (Offer memory offer) {
        OfferBook.Place storage place = _books[version].places[position];
        if (!place.isVacant(COOLDOWN)) offer = _offer(place);
    }

    /// @inheritdoc IWorkerRegistry
    function offerOf(uint32 version, address worker) external view returns (Offer memory) {
        (, OfferBook.Place storage place) = _books[version].openPlaceOf(version, worker);
        return _offer(place);
    }

    /// @inheritdoc IWorkerRegistry
    function draw(
        uint32 version,
        uint256 seed,
        uint40 instant,
        uint96 priceLimit,
        uint96 bond
    ) external view returns (address worker, uint96 price) {
        return _books[version].draw(seed, instant, priceLimit, bond);
    }

    /// @inheritdoc IWorkerRegistry
    function priceOf(
        uint32 version,
        address worker,
        uint40 instant
    ) external view returns (uint96 price, uint96 bondLimit) {
        (, OfferBook.Place storage place) = _books[version].openPlaceOf(version, worker);
        bool stood;
        (stood, price, bondLimit) = place.termsAt(instant);
        if (!stood) (price, bondLimit) = (place.price, place.bondLimit);
    }

    /// @inheritdoc IWorkerRegistry
    function quote(uint32 version, uint96 bond) external view returns (uint96 lowestPrice, uint32 offers) {
        return _books[version].quote(uint40(block.timestamp), bond);
    }

    /// @inheritdoc IWorkerRegistry
    function actsFor(address worker, address account) public view returns (bool) {
        return account == worker || _delegates[worker][account];
    }

    /// @dev Removes an amount from the free stake.
    function _takeFree(Account storage account, address worker, uint96 amount) private {
        uint96 free = account.free;
        if (free < amount) revert InsufficientFreeStake(worker, free, amount);
        account.free = free - amount;
    }

    /// @dev Reverts unless the stake, what unbonds apart, is what an offer needs.
    function _requireMinimumStake(address worker, Account storage account) private view {
        uint96 staked = account.free + account.locked;
        if (staked < MINIMUM_STAKE) revert StakeTooLow(worker, staked, MINIMUM_STAKE);
    }

    /// @dev A registered worker's account.
    function _known(address worker) private view returns (Account storage account) {
        account = _accounts[worker];
        if (account.withdrawal == address(0)) revert UnknownWorker(worker);
    }

    function _offer(OfferBook.Place storage place) private view returns (Offer memory) {
        return Offer(place.worker, place.price, place.bondLimit, place.since, place.until);
    }
}
