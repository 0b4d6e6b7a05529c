// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {TensorTree} from "../canon/TensorTree.sol";
import {Tensor, TensorType} from "../canon/TensorType.sol";
import {IModelRegistry} from "../registry/IModelRegistry.sol";
import {IWorkerRegistry} from "../registry/IWorkerRegistry.sol";
import {Cids} from "./Cids.sol";
import {Course, Courses} from "./Course.sol";
import {DataContract} from "./DataContract.sol";
import {ExactGasCall} from "./ExactGasCall.sol";
import {Fees} from "./Fees.sol";
import {IInferenceConsumer} from "./IInferenceConsumer.sol";
import {IInferenceMarket} from "./IInferenceMarket.sol";
import {IParameterSets} from "./IParameterSets.sol";
import {Inputs} from "./Inputs.sol";
import {Ledger} from "./Ledger.sol";
import {OutputBytes} from "./OutputBytes.sol";
import {PastBlocks} from "./PastBlocks.sol";

/// @notice Jobs from request to payment: escrow, draw, claim, challenge window, callback.
/// @dev The market's $OPG is exactly the escrow of the jobs that are not over, plus the balances, plus the request fees to be
///      burned. Nobody has a path to any but by the rules of jobs; the court decides disputed ones.
///
///      The token, the registries, the parameter sets and this contract know each other and call nobody else, so the
///      callback of a finalised job is the only call that leaves them. It comes after all else is done.
contract InferenceMarket is IInferenceMarket {
    using Inputs for Tensor[];
    using OutputBytes for Tensor[];
    using OutputBytes for TensorType[];
    using OutputBytes for bytes;

    uint256 private constant SHORT_ANSWER = 12; // bytes
    uint256 private constant CALLBACK_ANSWER_LIMIT = 256; // bytes
    uint24 private constant CALLBACK_GAS_LIMIT = 10_000_000; // a transaction has 2^24 at most (EIP-7825)

    /// @dev A job, three words. A request writes all, a claim the first two, a finalisation the second:
    ///
    ///        0  requester 32 | worker 32 | fee 96 | shortAnswer 96
    ///        1  course 256
    ///        2  inputsHash 256
    ///
    ///      An answer of at most twelve bytes (a number, a label) lies beside its worker; a longer one in a data contract, and
    ///      so do the roots of an answer by reference.
    struct JobRecord {
        uint32 requester; // its number in the ledger
        uint32 worker; // as well
        uint96 fee;
        bytes12 shortAnswer;
        Course course;
        bytes32 inputsHash;
    }

    /// @dev What a worker had to do with a job, one word.
    struct Attempt {
        bool tried; // it declined, was late, or leased the job
        uint96 price; // of the lease
    }

    /// @notice The token of all amounts.
    ERC20Burnable public immutable TOKEN;
    /// @notice The registry of model versions.
    IModelRegistry public immutable MODELS;
    /// @notice The registry of workers, which takes orders from this market alone.
    IWorkerRegistry public immutable WORKERS;
    /// @notice The parameter sets, of which a job keeps that of its request.
    IParameterSets public immutable PARAMETER_SETS;
    /// @notice Who decides disputes; zero: nobody.
    address public immutable COURT;
    /// @notice Who is credited the protocol fees.
    address public immutable TREASURY;

    /// @dev The registry's; a draw counts on it for so long after the request.
    uint40 private immutable COOLDOWN;

    /// @dev The treasury's in the ledger.
    uint32 private immutable _TREASURY_NUMBER;

    // What a request writes once for all jobs, one word: jobCount 64 | requestFees 96

    /// @inheritdoc IInferenceMarket
    uint64 public jobCount;
    /// @inheritdoc IInferenceMarket
    uint96 public requestFees;

    mapping(uint64 job => JobRecord) private _jobs;
    mapping(uint64 job => address) private _longAnswers; // data contracts
    mapping(uint64 job => mapping(address worker => Attempt)) private _attempts;
    Ledger private _ledger;

    /// @dev Whether a finalisation runs, so that its callback can't start another.
    bool private transient _finalising;

    modifier finalisation() {
        if (_finalising) revert FinalisationRunning();
        _finalising = true;
        _;
        _finalising = false;
    }

    modifier onlyCourt() {
        if (msg.sender != COURT) revert NotCourt(msg.sender);
        _;
    }

    /// @param workers Its market is this contract's address, predicted.
    /// @param court Zero until there is one; then no call reaches freeze, release or refute.
    constructor(
        ERC20Burnable token,
        IModelRegistry models,
        IWorkerRegistry workers,
        IParameterSets parameterSets,
        address court,
        address treasury
    ) {
        TOKEN = token;
        MODELS = models;
        WORKERS = workers;
        PARAMETER_SETS = parameterSets;
        COURT = court;
        TREASURY = treasury;
        COOLDOWN = workers.cooldown();
        _TREASURY_NUMBER = _ledger.numberOf(treasury);
    }

    /// @inheritdoc IInferenceMarket
    function request(Request calldata wanted) external returns (uint64 job) {
        (uint16 set, IParameterSets.MarketParameters memory parameters) = PARAMETER_SETS.currentMarketParameters();
        (uint96 bond, bytes32 inputsHash) = _check(wanted, parameters);
        uint24 claimPeriod = _claimPeriod(wanted, parameters);

        job = ++jobCount;
        requestFees += parameters.requestFee;
        JobRecord storage record = _jobs[job];
        record.requester = _ledger.numberOf(msg.sender);
        record.fee = wanted.maxFee;
        record.course = Courses.begin(wanted, bond, set, parameters.protocolFeeBasisPoints, claimPeriod);
        record.inputsHash = inputsHash;
        _emitRequested(job, wanted, bond, claimPeriod, parameters.lastDeadlinePeriod);

        // $OPG reverts or returns true.
        TOKEN.transferFrom(msg.sender, address(this), uint256(wanted.maxFee) + parameters.requestFee);
    }

    /// @inheritdoc IInferenceMarket
    function decline(uint64 job, address worker) external {
        JobRecord storage record = _jobs[job];
        Course course = record.course;
        _requireState(job, course, course.state() == State.Requested);
        _requireActsFor(worker);
        uint40 deadline = course.requestedAt() + _parametersOf(course).declinePeriod;
        if (block.timestamp >= deadline) revert TooLate(job, deadline);
        _priceOfDraw(job, worker, course, _priceLimit(record, course));

        _attempts[job][worker].tried = true;
        record.course = course.withState(State.Open);
        emit JobDeclined(job, worker);
    }

    /// @inheritdoc IInferenceMarket
    function claim(uint64 job, address worker, Tensor[] calldata outputs, bytes[] calldata cids) external {
        JobRecord storage record = _jobs[job];
        Course course = record.course;
        bool leased = course.state() == State.Leased;
        _requireState(job, course, leased || course.state() == State.Requested);
        _requireActsFor(worker);
        if (block.timestamp >= course.phaseEnd()) revert TooLate(job, course.phaseEnd());

        uint40 windowEnd = uint40(block.timestamp) + PARAMETER_SETS.challengeWindowOf(course.parameters());
        record.course = course.withState(State.Claimed).withPhaseEnd(windowEnd);
        uint96 fee = _claim(job, worker, record, course, outputs);
        uint96 surplus = record.fee - fee;
        if (surplus != 0) {
            record.fee = fee;
            _ledger.credit(record.requester, surplus);
        }
        _takeCids(job, course, outputs.length, cids);
        emit JobClaimed(job, worker, fee, windowEnd);
        if (!leased) WORKERS.lock(worker, course.bond());
    }

    /// @inheritdoc IInferenceMarket
    function lease(uint64 job, address worker) external {
        JobRecord storage record = _jobs[job];
        Course course = record.course;
        _requireState(job, course, _isUnclaimed(course.state()));
        _requireActsFor(worker);
        IParameterSets.MarketParameters memory parameters = _parametersOf(course);
        uint40 lastDeadline = course.requestedAt() + parameters.lastDeadlinePeriod;
        if (block.timestamp >= lastDeadline) revert TooLate(job, lastDeadline);
        if (course.state() != State.Open) {
            if (block.timestamp < course.phaseEnd()) revert TooEarly(job, course.phaseEnd());
            _penaliseLate(job, record, course);
        }
        Attempt storage attempt = _attempts[job][worker];
        if (attempt.tried) revert AlreadyTried(job, worker);
        (uint96 price, uint96 bondLimit) = WORKERS.priceOf(course.version(), worker, course.requestedAt());
        uint96 bond = course.bond();
        if (price > _priceLimit(record, course) || bond > bondLimit) revert OfferDoesNotFit(job, worker);

        attempt.tried = true;
        attempt.price = price;
        uint40 deadline = uint40(block.timestamp) + parameters.leasePeriod;
        if (deadline > lastDeadline) deadline = lastDeadline;
        record.course = course.withState(State.Leased).withPhaseEnd(deadline);
        record.worker = _ledger.numberOf(worker);
        emit JobLeased(job, worker, deadline);
        WORKERS.lock(worker, bond);
    }

    /// @inheritdoc IInferenceMarket
    function expire(uint64 job) external {
        JobRecord storage record = _jobs[job];
        Course course = record.course;
        _requireState(job, course, _isUnclaimed(course.state()));
        uint40 lastDeadline = course.requestedAt() + _parametersOf(course).lastDeadlinePeriod;
        if (block.timestamp < lastDeadline) revert TooEarly(job, lastDeadline);

        record.course = course.withState(State.Expired);
        uint96 refunded = record.fee;
        _ledger.credit(record.requester, refunded);
        emit JobExpired(job, refunded);
        if (course.state() != State.Open) _penaliseLate(job, record, course);
    }

    /// @inheritdoc IInferenceMarket
    function finalise(uint64 job) external finalisation {
        Course course = _jobs[job].course;
        _requireState(job, course, course.state() == State.Claimed);
        if (block.timestamp < course.phaseEnd()) revert TooEarly(job, course.phaseEnd());
        _finalise(job, course);
    }

    /// @inheritdoc IInferenceMarket
    function finaliseMany(uint64[] calldata jobs) external finalisation returns (uint256 finalised) {
        for (uint256 i = 0; i < jobs.length; i++) {
            Course course = _jobs[jobs[i]].course;
            if (course.state() != State.Claimed || block.timestamp < course.phaseEnd()) continue;
            _finalise(jobs[i], course);
            finalised++;
        }
    }

    /// @inheritdoc IInferenceMarket
    function withdraw(address account) external returns (uint256 amount) {
        amount = _ledger.take(account);
        if (amount == 0) revert NothingToWithdraw(account);
        address payee = WORKERS.payeeOf(account);
        emit Withdrawn(account, payee, amount);
        TOKEN.transfer(payee, amount);
    }

    /// @inheritdoc IInferenceMarket
    function burnRequestFees() external returns (uint256 burned) {
        burned = requestFees;
        if (burned == 0) revert NothingToBurn();
        requestFees = 0;
        TOKEN.burn(burned);
    }

    /// @inheritdoc IInferenceMarket
    function freeze(uint64 job) external onlyCourt returns (Frozen memory) {
        Course course = _jobs[job].course;
        _requireState(job, course, course.state() == State.Claimed);
        if (block.timestamp >= course.phaseEnd()) revert TooLate(job, course.phaseEnd());
        _jobs[job].course = course.withState(State.Frozen);
        emit JobFrozen(job);
        return
            Frozen({
                worker: _ledger.holderOf(_jobs[job].worker),
                version: course.version(),
                binding: course.binding(),
                parameters: course.parameters(),
                phaseEnd: course.phaseEnd()
            });
    }

    /// @inheritdoc IInferenceMarket
    function release(uint64 job) external onlyCourt {
        Course course = _jobs[job].course;
        _requireState(job, course, course.state() == State.Frozen);
        if (block.timestamp < course.phaseEnd()) course = course.withPhaseEnd(block.timestamp);
        _jobs[job].course = course.withState(State.Claimed);
        emit JobReleased(job);
    }

    /// @inheritdoc IInferenceMarket
    function refute(uint64 job, address winner) external onlyCourt {
        JobRecord storage record = _jobs[job];
        Course course = record.course;
        _requireState(job, course, course.state() == State.Frozen);
        record.course = course.withState(State.Refuted);
        uint96 refunded = record.fee;
        uint96 slashed = course.bond();
        uint96 burned = slashed / 2;
        uint96 compensation = slashed / 10;
        _ledger.credit(record.requester, refunded + compensation);
        _credit(winner, slashed - burned - compensation);
        emit JobRefuted(job, winner, refunded, slashed);
        WORKERS.slash(_ledger.holderOf(record.worker), slashed);
        TOKEN.burn(burned);
    }

    /// @inheritdoc IInferenceMarket
    function jobOf(uint64 job) external view returns (Job memory) {
        JobRecord memory record = _jobs[job];
        Course course = record.course;
        _requireKnown(job, course);
        return
            Job({
                requester: _ledger.holderOf(record.requester),
                version: course.version(),
                binding: course.binding(),
                state: course.state(),
                parameters: course.parameters(),
                callbackGas: course.callbackGas(),
                outputsByReference: course.outputsByReference(),
                worker: _ledger.holderOf(record.worker),
                fee: record.fee,
                bond: course.bond(),
                requestedAt: course.requestedAt(),
                drawBlock: course.drawBlock(),
                phaseEnd: course.phaseEnd(),
                lastDeadline: course.requestedAt() + _parametersOf(course).lastDeadlinePeriod,
                inputsHash: record.inputsHash
            });
    }

    /// @inheritdoc IInferenceMarket
    function resultOf(uint64 job) external view returns (State state, Tensor[] memory outputs) {
        Course course = _jobs[job].course;
        _requireKnown(job, course);
        state = course.state();
        if (_isAnswered(state)) outputs = _answer(job, course);
    }

    /// @inheritdoc IInferenceMarket
    function outputRootOf(uint64 job, uint256 output) external view returns (bytes32) {
        Course course = _jobs[job].course;
        _requireState(job, course, _isAnswered(course.state()));
        Tensor[] memory outputs = _answer(job, course);
        if (output >= outputs.length) revert UnknownOutput(job, output);
        bytes memory data = outputs[output].data;
        return course.outputsByReference() ? bytes32(data) : TensorTree.rootOfMemory(data);
    }

    /// @inheritdoc IInferenceMarket
    function drawnWorkerOf(uint64 job) external view returns (address worker) {
        JobRecord storage record = _jobs[job];
        Course course = record.course;
        _requireKnown(job, course);
        (worker, ) = _draw(job, course, _priceLimit(record, course));
    }

    /// @inheritdoc IInferenceMarket
    function quote(
        uint32 version,
        uint96 bond
    ) external view returns (uint96 lowestFee, uint96 requestFee, uint32 offers, uint96 jobBond) {
        (, IParameterSets.MarketParameters memory parameters) = PARAMETER_SETS.currentMarketParameters();
        (, , uint96 royalty, uint96 modelBond, , ) = MODELS.terms(version, 0);
        requestFee = parameters.requestFee;
        jobBond = _jobBond(bond, modelBond, parameters.minimumBond);
        uint96 lowestPrice;
        (lowestPrice, offers) = WORKERS.quote(version, jobBond);
        if (offers != 0) lowestFee = _lowestFee(lowestPrice, royalty, parameters.protocolFeeBasisPoints);
    }

    /// @inheritdoc IInferenceMarket
    function balanceOf(address account) external view returns (uint256) {
        return _ledger.balanceOf(account);
    }

    /// @dev Reverts unless the request suits the model, and some offer suits the request.
    /// @return bond The job bond.
    /// @return inputsHash The commitment to the inputs.
    function _check(
        Request calldata wanted,
        IParameterSets.MarketParameters memory parameters
    ) private view returns (uint96 bond, bytes32 inputsHash) {
        (
            bool deprecated,
            bool disputable,
            uint96 royalty,
            uint96 modelBond,
            uint256 outputLength,
            TensorType[] memory kinds
        ) = MODELS.terms(wanted.version, wanted.binding);
        if (deprecated) revert VersionDeprecated(wanted.version);
        if (!disputable && !wanted.acceptUndisputable) {
            revert UndisputableNotAccepted(wanted.version, wanted.binding);
        }
        if (!wanted.outputsByReference && outputLength > parameters.outputLimit) {
            revert OutputTooLarge(outputLength, parameters.outputLimit);
        }
        if (wanted.callbackGas > CALLBACK_GAS_LIMIT) {
            revert CallbackGasTooHigh(wanted.callbackGas, CALLBACK_GAS_LIMIT);
        }
        inputsHash = wanted.inputs.hashOf(wanted.references, kinds);
        bond = _jobBond(wanted.bond, modelBond, parameters.minimumBond);
        _requireOffer(wanted.version, wanted.maxFee, bond, royalty, parameters.protocolFeeBasisPoints);
    }

    /// @dev Reverts unless some offer takes the job. The draw then finds one too: it counts the offers of this instant.
    function _requireOffer(
        uint32 version,
        uint96 maxFee,
        uint96 bond,
        uint96 royalty,
        uint16 basisPoints
    ) private view {
        if (maxFee >= royalty) {
            uint96 priceLimit = Fees.priceWithin(maxFee, royalty, basisPoints);
            (address worker, ) = WORKERS.draw(version, jobCount, uint40(block.timestamp), priceLimit, bond);
            if (worker != address(0)) return;
        }
        (uint96 lowestPrice, uint32 offers) = WORKERS.quote(version, bond);
        if (offers == 0) revert NoOffers(version, bond);
        revert FeeTooLow(maxFee, _lowestFee(lowestPrice, royalty, basisPoints));
    }

    /// @dev The time that the drawn worker has.
    function _claimPeriod(
        Request calldata wanted,
        IParameterSets.MarketParameters memory parameters
    ) private pure returns (uint24) {
        uint32 period = wanted.claimPeriod;
        if (period == 0) return uint24(parameters.claimPeriod);
        if (period < parameters.declinePeriod || period > parameters.lastDeadlinePeriod) {
            revert InvalidClaimPeriod(period);
        }
        return uint24(period); // the last deadline's period fits 24 bits
    }

    function _emitRequested(
        uint64 job,
        Request calldata wanted,
        uint96 bond,
        uint24 claimPeriod,
        uint32 lastDeadlinePeriod
    ) private {
        if (wanted.references.length != 0) emit JobInputsReferenced(job, wanted.references);
        emit JobRequested(
            job,
            wanted.version,
            msg.sender,
            wanted.binding,
            wanted.maxFee,
            bond,
            wanted.callbackGas,
            uint40(block.number) + 1,
            uint40(block.timestamp) + claimPeriod,
            uint40(block.timestamp) + lastDeadlinePeriod,
            wanted.inputs
        );
    }

    /// @dev Takes the outputs of the drawn worker or the lease's holder; reverts unless that is `worker`.
    /// @return fee What the job costs, at most the escrow.
    function _claim(
        uint64 job,
        address worker,
        JobRecord storage record,
        Course course,
        Tensor[] calldata outputs
    ) private returns (uint96 fee) {
        (uint96 royalty, TensorType[] memory kinds) = MODELS.claimTerms(course.version(), course.binding());
        uint16 basisPoints = course.protocolFeeBasisPoints();
        uint96 price =
            course.state() == State.Leased
                ? _priceOfLease(job, worker, record)
                : _priceOfDraw(job, worker, course, Fees.priceWithin(record.fee, royalty, basisPoints));
        bytes memory joined = outputs.join(kinds, course.outputsByReference());
        record.worker = _ledger.numberOf(worker);
        if (joined.length <= SHORT_ANSWER) record.shortAnswer = bytes12(joined);
        else _longAnswers[job] = DataContract.store(joined);
        return uint96(Fees.total(price, royalty, basisPoints));
    }

    /// @dev Announces where outputs by reference lie.
    function _takeCids(uint64 job, Course course, uint256 outputs, bytes[] calldata cids) private {
        uint256 expected = course.outputsByReference() ? outputs : 0;
        if (cids.length != expected) revert WrongCidCount(cids.length, expected);
        if (expected == 0) return;
        for (uint256 i = 0; i < expected; i++) {
            if (!Cids.isPlausible(cids[i])) revert InvalidOutputCid(i, cids[i].length);
        }
        emit JobOutputsReferenced(job, cids);
    }

    /// @dev The price of the drawn worker; reverts unless that is `worker`.
    function _priceOfDraw(
        uint64 job,
        address worker,
        Course course,
        uint96 priceLimit
    ) private view returns (uint96 price) {
        address drawn;
        (drawn, price) = _draw(job, course, priceLimit);
        if (worker != drawn) revert NotAssigned(job, worker, drawn);
    }

    /// @dev The price of the lease's holder; reverts unless that is `worker`.
    function _priceOfLease(uint64 job, address worker, JobRecord storage record) private view returns (uint96) {
        address holder = _ledger.holderOf(record.worker);
        if (worker != holder) revert NotAssigned(job, worker, holder);
        return _attempts[job][worker].price;
    }

    /// @dev Burns the penalty of the worker that let its deadline pass, if the chain still knows who that is.
    function _penaliseLate(uint64 job, JobRecord storage record, Course course) private {
        address late;
        if (course.state() == State.Leased) {
            late = _ledger.holderOf(record.worker);
            WORKERS.unlock(late, course.bond());
        } else {
            (late, ) = _drawIfKnown(job, course, _priceLimit(record, course));
            if (late == address(0)) return;
            _attempts[job][late].tried = true;
        }
        uint96 burned = WORKERS.penalise(late, _parametersOf(course).latePenalty);
        emit WorkerLate(job, late, burned);
    }

    /// @dev Pays for a claim and calls back.
    function _finalise(uint64 job, Course course) private {
        JobRecord storage record = _jobs[job];
        // INVARIANT: a job's escrow leaves once; no state leads back from this one.
        record.course = course.withState(State.Finalised);
        uint96 fee = record.fee;
        (address owner, uint96 royalty) = MODELS.royaltyOf(course.version());
        uint96 price = Fees.priceWithin(fee, royalty, course.protocolFeeBasisPoints());
        uint96 protocolFee = fee - royalty - price;
        address worker = _ledger.credit(record.worker, price);
        _credit(owner, royalty);
        _ledger.credit(_TREASURY_NUMBER, protocolFee);
        emit JobFinalised(job, worker, price, royalty, protocolFee);
        WORKERS.unlock(worker, course.bond());
        if (course.callbackGas() != 0) _callBack(job, _ledger.holderOf(record.requester), course);
    }

    /// @dev Gives the requester its answer with exactly the gas it named. Whatever it does with it changes nothing here.
    function _callBack(uint64 job, address requester, Course course) private {
        bytes memory data = abi.encodeCall(IInferenceConsumer.onInference, (job, _answer(job, course)));
        (uint256 available, bool hasCode) = ExactGasCall.available(requester);
        if (available < course.callbackGas()) revert NotEnoughGasForCallback(job, available, course.callbackGas());
        bool success;
        bytes memory reason;
        if (hasCode) {
            (success, reason) = ExactGasCall.call(requester, course.callbackGas(), data, CALLBACK_ANSWER_LIMIT);
        }
        if (!success) emit CallbackFailed(job, reason);
    }

    function _credit(address account, uint96 amount) private {
        if (amount != 0) _ledger.credit(_ledger.numberOf(account), amount);
    }

    function _parametersOf(Course course) private view returns (IParameterSets.MarketParameters memory) {
        return PARAMETER_SETS.marketParametersOf(course.parameters());
    }

    /// @dev The drawn worker and its price; reverts where they are not known.
    function _draw(uint64 job, Course course, uint96 priceLimit) private view returns (address worker, uint96 price) {
        if (block.number <= course.drawBlock()) revert NotDrawnYet(job, course.drawBlock());
        (worker, price) = _drawIfKnown(job, course, priceLimit);
        // The offers of the request's instant are there, since the request found one that fits: so the hash is not.
        if (worker == address(0)) revert DrawHashUnavailable(job, course.drawBlock());
    }

    /// @dev The drawn worker and its price; zero where the chain does not know the hash or the registry the offers.
    function _drawIfKnown(
        uint64 job,
        Course course,
        uint96 priceLimit
    ) private view returns (address worker, uint96 price) {
        // INVARIANT: nothing that happens after the drawing block moves the draw.
        if (block.timestamp >= course.requestedAt() + COOLDOWN) return (address(0), 0);
        bytes32 blockHash = PastBlocks.hashOf(course.drawBlock());
        if (blockHash == 0) return (address(0), 0);
        uint256 seed = uint256(keccak256(abi.encode(blockHash, job, address(this), block.chainid)));
        return WORKERS.draw(course.version(), seed, course.requestedAt(), priceLimit, course.bond());
    }

    /// @dev The most that the job's escrow leaves for the worker.
    function _priceLimit(JobRecord storage record, Course course) private view returns (uint96) {
        (, uint96 royalty) = MODELS.royaltyOf(course.version());
        return Fees.priceWithin(record.fee, royalty, course.protocolFeeBasisPoints());
    }

    /// @dev The outputs that were claimed; by reference with their roots as data.
    function _answer(uint64 job, Course course) private view returns (Tensor[] memory) {
        TensorType[] memory kinds = MODELS.outputsOf(course.version(), course.binding());
        bytes memory joined =
            kinds.lengthOf(course.outputsByReference()) <= SHORT_ANSWER
                ? abi.encodePacked(_jobs[job].shortAnswer)
                : DataContract.load(_longAnswers[job]);
        return joined.split(kinds, course.outputsByReference());
    }

    function _requireActsFor(address worker) private view {
        if (msg.sender != worker && !WORKERS.actsFor(worker, msg.sender)) revert NotWorker(worker, msg.sender);
    }

    function _requireKnown(uint64 job, Course course) private pure {
        if (course.state() == State.None) revert UnknownJob(job);
    }

    function _requireState(uint64 job, Course course, bool allowed) private pure {
        if (allowed) return;
        _requireKnown(job, course);
        revert WrongState(job, course.state());
    }

    function _isAnswered(State state) private pure returns (bool) {
        return state == State.Claimed || state == State.Frozen || state == State.Finalised;
    }

    function _isUnclaimed(State state) private pure returns (bool) {
        return state == State.Requested || state == State.Open || state == State.Leased;
    }

    /// @dev The greatest of the three, rounded up to a whole unit.
    function _jobBond(uint96 given, uint96 ofModel, uint96 minimum) private pure returns (uint96) {
        uint256 bond = given > ofModel ? given : ofModel;
        if (bond < minimum) bond = minimum;
        bond = Math.ceilDiv(bond, Courses.BOND_UNIT) * Courses.BOND_UNIT;
        // INVARIANT: a course holds every bond. Above the limit, twice the supply, no worker could lock one.
        return bond < Courses.BOND_LIMIT ? uint96(bond) : Courses.BOND_LIMIT;
    }

    /// @dev A total that no fee can reach is said as the greatest fee.
    function _lowestFee(uint96 lowestPrice, uint96 royalty, uint16 basisPoints) private pure returns (uint96) {
        uint256 total = Fees.total(lowestPrice, royalty, basisPoints);
        return total > type(uint96).max ? type(uint96).max : uint96(total);
    }
}
