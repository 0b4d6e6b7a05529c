// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {ICanon} from "../canon/ICanon.sol";
import {IInferenceMarket} from "../market/IInferenceMarket.sol";
import {IParameterSets} from "../market/IParameterSets.sol";
import {IModelRegistry} from "../registry/IModelRegistry.sol";
import {IWorkerRegistry} from "../registry/IWorkerRegistry.sol";
import {HashTree} from "../canon/HashTree.sol";
import {Bonds} from "./Bonds.sol";
import {ChallengeRecord} from "./ChallengeRecord.sol";
import {Duration, Instant} from "./Clock.sol";
import {ICourt} from "./ICourt.sol";
import {IEvidence} from "./IEvidence.sol";
import {Openings} from "./Openings.sol";
import {Path, PathKind, Paths} from "./Path.sol";
import {Prepayment} from "./Prepayment.sol";
import {Questions} from "./Questions.sol";

/// @notice Finds out whether claims are right. ICourt tells the rules.
/// @dev The court's $OPG is exactly the bonds of the challenges that are committed or open, plus the balances; its coin what was
///      prepaid for questions without answers, plus the balances.
///
///      The token, the registries, the market, the parameter sets and the canon call nobody, so the only call that leaves them
///      and this contract is the one that pays out coin. It comes after all else is done.
contract Court is ICourt {
    using Address for address;
    using Questions for Path;

    /// @dev Whose turn it is.
    struct Turn {
        Side side;
        Instant since;
        Instant deadline;
        Duration workerUsed; // of its clock, the last question's answer included
    }

    /// @notice The token of all bonds.
    ERC20Burnable public immutable TOKEN;
    /// @notice Whose claims are judged here.
    IInferenceMarket public immutable MARKET;
    /// @notice The registry of model versions and their programs.
    IModelRegistry public immutable MODELS;
    /// @notice The registry of workers; it knows who acts for whom, challengers too, and where payments go.
    IWorkerRegistry public immutable WORKERS;
    /// @notice The parameter sets.
    IParameterSets public immutable PARAMETERS;
    /// @notice What examines questions, answers and proofs.
    IEvidence public immutable EVIDENCE;

    /// @inheritdoc ICourt
    uint64 public challengeCount;

    /// @dev Four words a case: parties and window; the course; the program's root; the trace's. Layouts as in ICourt, from the
    ///      lowest bits on:
    ///
    ///        worker 160 | parameters 16 | openedAt 40 | windowEnd 40
    ///        winner 64 | refutedAt 40 | assertedAt 40 | nodes 24 | opened 32 | pending 32 | stage 8 | compensated 8
    mapping(uint64 job => Case) private _cases;

    mapping(uint64 id => ChallengeRecord) private _challenges;

    /// @dev One word a question: prepaid 128 | askedAt 40 | revealedAt 40
    mapping(uint64 job => mapping(Path => Question)) private _questions;

    mapping(bytes32 programRoot => mapping(uint32 node => KnownNode)) private _knownNodes;

    /// @inheritdoc ICourt
    mapping(uint64 id => bytes32) public accumulatorOf;
    /// @inheritdoc ICourt
    mapping(address account => uint256) public balanceOf;
    /// @inheritdoc ICourt
    mapping(address account => uint256) public coinOf;

    /// @param market Its court is this contract's address, predicted.
    constructor(
        ERC20Burnable token,
        IInferenceMarket market,
        IModelRegistry models,
        IWorkerRegistry workers,
        IParameterSets parameters,
        IEvidence evidence
    ) {
        TOKEN = token;
        MARKET = market;
        MODELS = models;
        WORKERS = workers;
        PARAMETERS = parameters;
        EVIDENCE = evidence;
    }

    /// @inheritdoc ICourt
    function challenge(bytes32 commitment, uint96 bond) external returns (uint64 id) {
        if (commitment == 0 || bond == 0) revert EmptyChallenge();
        Duration period = Duration.wrap(_parametersOf(PARAMETERS.current()).openPeriod);
        id = ++challengeCount;
        ChallengeRecord storage kept = _challenges[id];
        kept.challenger = msg.sender;
        kept.bond = bond;
        kept.status = Status.Committed;
        kept.since = _now();
        kept.deadline = _now().plus(period);
        kept.last = uint256(commitment);
        emit ChallengeCommitted(id, msg.sender, commitment, bond, kept.deadline);
        // $OPG reverts or returns true, and calls nobody.
        TOKEN.transferFrom(msg.sender, address(this), bond);
    }

    /// @inheritdoc ICourt
    function open(uint64 id, uint64 job, bytes32 salt) external {
        ChallengeRecord storage kept = _challenges[id];
        _requireStatus(id, kept, Status.Committed);
        _requireChallenger(kept);
        if (!kept.since.isBefore(_now())) revert TooEarly(kept.since.plus(Duration.wrap(1)));
        if (!_now().isBefore(kept.deadline)) revert TooLate(kept.deadline);
        bytes32 given = keccak256(abi.encode(block.chainid, address(this), kept.challenger, job, salt));
        bytes32 commitment = bytes32(kept.last);
        if (given != commitment) revert WrongCommitment(id, given, commitment);

        kept.job = job;
        if (_isBeyondHelp(id, _cases[job])) {
            _returnBond(id, kept, 0);
        } else {
            kept.status = Status.Open;
            kept.since = _now();
            emit ChallengeOpened(id, job, kept.challenger);
            kept.parameters = _join(job, kept.bond);
        }
    }

    /// @inheritdoc ICourt
    function assertTrace(uint64 job, bytes32[] calldata row, ProgramHead calldata program) external {
        Case storage dispute = _disputed(job);
        if (dispute.assertedAt.isSet()) revert TraceExists(job);
        address worker = dispute.worker;
        if (!_actsFor(worker)) revert NotWorker(worker, msg.sender);
        Instant deadline = _traceDue(dispute, _parametersOf(dispute.parameters));
        if (!_now().isBefore(deadline)) revert TooLate(deadline);
        IEvidence.Facts memory facts;
        facts.programRoot = dispute.programRoot;
        bytes32 root = abi.decode(_examine(facts), (bytes32));
        dispute.assertedAt = _now();
        dispute.nodes = uint24(program.nodes); // the registry keeps programs within 65,536 nodes
        dispute.traceRoot = root;
        emit TraceAsserted(job, worker, root, Openings.traceHash(job, facts.programRoot, root));
        emit HashesRevealed(job, Paths.TOP, row);
    }

    /// @inheritdoc ICourt
    function ask(uint64 id, Path path, NodeOpening calldata) external payable {
        ChallengeRecord storage kept = _opened(id);
        uint64 job = kept.job;
        Case storage dispute = _undecided(job);
        if (!dispute.assertedAt.isSet()) revert TraceMissing(job);
        IParameterSets.CourtParameters memory parameters = _parametersOf(kept.parameters);
        Instant deadline = _takeTurn(id, kept, dispute, parameters);
        Path walked = _descend(kept, path, parameters.demandLimit);
        _requireAnswerable(job, dispute, path);
        _enterQuestion(job, path);
        kept.enter(path, uint96(msg.value), walked);
        emit Asked(id, job, path, deadline, uint96(msg.value));
    }

    /// @inheritdoc ICourt
    function revealNodes(uint64 job, Path path, bytes32[] calldata hashes, bytes32[] calldata) external {
        _answer(job, path, PathKind.Nodes);
        emit HashesRevealed(job, path, hashes);
    }

    /// @inheritdoc ICourt
    function revealLeaves(
        uint64 job,
        Path path,
        bytes32[] calldata hashes,
        bytes32[] calldata,
        bytes32[] calldata
    ) external {
        _answer(job, path, PathKind.Leaves);
        emit HashesRevealed(job, path, hashes);
    }

    /// @inheritdoc ICourt
    function revealLeaf(uint64 job, Path path, bytes calldata leaf, bytes32[] calldata, bytes32[] calldata) external {
        _answer(job, path, PathKind.Leaves);
        emit LeafRevealed(job, path, leaf);
    }

    /// @inheritdoc ICourt
    function revealVoid(uint64 job, Path path, bytes32[] calldata) external {
        _answer(job, path, PathKind.Leaves);
        emit VoidRevealed(job, path);
    }

    /// @inheritdoc ICourt
    function revealInput(uint64 job, Path path, bytes calldata leaf, bytes32[] calldata, bytes32[] calldata) external {
        _answer(job, path, PathKind.Input);
        emit LeafRevealed(job, path, leaf);
    }

    /// @inheritdoc ICourt
    function revealWeight(
        uint64 job,
        Path path,
        bytes calldata leaf,
        bytes32[] calldata,
        NodeOpening calldata
    ) external {
        _answer(job, path, PathKind.Weight);
        emit LeafRevealed(job, path, leaf);
    }

    /// @inheritdoc ICourt
    function revealOutput(uint64 job, Path path, bytes calldata leaf, bytes32[] calldata) external {
        _answer(job, path, PathKind.Output);
        emit LeafRevealed(job, path, leaf);
    }

    /// @inheritdoc ICourt
    function proveStep(uint64 id, StepProof calldata proof) external {
        (uint64 job, Case storage dispute, Duration extension) = _prover(id);
        _examine(_factsOfStep(id, job, dispute, proof.step));
        emit StepDisproved(id, proof.step.position, proof.step.element);
        _refute(id, job, dispute, extension);
    }

    /// @inheritdoc ICourt
    function proveMore(uint64 id, StepProof calldata proof, uint32 until) external {
        (uint64 job, Case storage dispute, ) = _prover(id);
        ICanon.Step calldata step = proof.step;
        bytes memory accumulator = abi.decode(_examine(_factsOfStep(id, job, dispute, step)), (bytes));
        accumulatorOf[id] = keccak256(abi.encode(step.position, step.element, accumulator));
        emit Accumulated(id, step.position, step.element, until, accumulator);
    }

    /// @inheritdoc ICourt
    function proveOutput(uint64 id, uint8 output, uint32 element, OutputProof calldata) external {
        (uint64 job, Case storage dispute, Duration extension) = _prover(id);
        _examine(_factsOfTrace(job, dispute));
        emit OutputDisproved(id, output, element);
        _refute(id, job, dispute, extension);
    }

    /// @inheritdoc ICourt
    function timeout(uint64 id) external {
        ChallengeRecord storage kept = _challenges[id];
        _requireStatus(id, kept, Status.Open);
        uint64 job = kept.job;
        Case storage dispute = _disputed(job);
        IParameterSets.CourtParameters memory parameters = _parametersOf(kept.parameters);
        Turn memory turn = _turn(kept, dispute, parameters);
        if (_now().isBefore(turn.deadline)) revert ClockRunning(id, turn.side, turn.deadline);
        if (turn.side == Side.Worker) {
            emit WorkerSilent(id);
            _refute(id, job, dispute, Duration.wrap(parameters.extension));
        } else {
            _lose(id, kept, job, _undecided(job), parameters.answerAllowance);
        }
    }

    /// @inheritdoc ICourt
    function forfeit(uint64 id) external {
        ChallengeRecord storage kept = _challenges[id];
        _requireStatus(id, kept, Status.Committed);
        if (_now().isBefore(kept.deadline)) revert TooEarly(kept.deadline);
        kept.status = Status.Forfeited;
        uint96 burned = kept.bond;
        emit ChallengeForfeited(id, burned);
        TOKEN.burn(burned);
    }

    /// @inheritdoc ICourt
    function settle(uint64 job) external {
        Case storage dispute = _disputed(job);
        uint64 winner = dispute.winner;
        Stage stage = winner == 0 ? Stage.Upheld : Stage.Refuted;
        if (winner == 0 && dispute.pending != 0) revert ChallengesPending(job, dispute.pending);
        Instant readyAt = winner == 0 ? dispute.windowEnd : _lastRefutation(dispute, _extensionOf(dispute));
        if (_now().isBefore(readyAt)) revert TooEarly(readyAt);
        dispute.stage = stage;
        emit Settled(job, stage, winner);
        if (winner == 0) MARKET.release(job);
        else MARKET.refute(job, _challenges[winner].challenger);
    }

    /// @inheritdoc ICourt
    function reclaim(uint64 id) external {
        ChallengeRecord storage kept = _challenges[id];
        _requireStatus(id, kept, Status.Open);
        uint64 job = kept.job;
        Stage stage = _cases[job].stage;
        if (stage != Stage.Refuted) revert WrongStage(job, stage);
        uint96 prepaid = kept.prepaid();
        Question storage question = _questions[job][kept.question()];
        if (question.revealedAt.isSet()) prepaid = 0;
        if (prepaid != 0) {
            question.prepaid -= prepaid;
            coinOf[kept.challenger] += prepaid;
        }
        _returnBond(id, kept, prepaid);
    }

    /// @inheritdoc ICourt
    function withdraw(address account) external returns (uint256 amount) {
        amount = balanceOf[account];
        if (amount == 0) revert NothingToWithdraw(account);
        balanceOf[account] = 0;
        address payee = WORKERS.payeeOf(account);
        emit Withdrawn(account, payee, amount);
        TOKEN.transfer(payee, amount);
    }

    /// @inheritdoc ICourt
    function withdrawCoin(address payable to) external returns (uint256 amount) {
        amount = coinOf[msg.sender];
        if (amount == 0) revert NothingToWithdraw(msg.sender);
        coinOf[msg.sender] = 0;
        emit CoinWithdrawn(msg.sender, to, amount);
        (bool taken, ) = to.call{value: amount}("");
        if (!taken) revert CoinRefused(to);
    }

    /// @inheritdoc ICourt
    function challengeOf(uint64 id) external view returns (Challenge memory kept) {
        kept = _challenges[id].told();
        if (kept.status == Status.None) revert UnknownChallenge(id);
    }

    /// @inheritdoc ICourt
    function caseOf(uint64 job) external view returns (Case memory) {
        return _cases[job];
    }

    /// @inheritdoc ICourt
    function questionOf(uint64 job, Path path) external view returns (Question memory) {
        return _questions[job][path];
    }

    /// @inheritdoc ICourt
    function nodeOf(bytes32 programRoot, uint32 node) external view returns (KnownNode memory) {
        return _knownNodes[programRoot][node];
    }

    /// @inheritdoc ICourt
    function turnOf(uint64 id) external view returns (Side side, Instant deadline) {
        ChallengeRecord storage kept = _challenges[id];
        Case storage dispute = _cases[kept.job];
        if (kept.status != Status.Open || dispute.stage != Stage.Disputed || dispute.winner != 0) {
            return (Side.Nobody, deadline);
        }
        Turn memory turn = _turn(kept, dispute, _parametersOf(kept.parameters));
        return (turn.side, turn.deadline);
    }

    /// @inheritdoc ICourt
    function minimumBondOf(uint64 job) public view returns (uint256) {
        IInferenceMarket.Job memory judged = MARKET.jobOf(job);
        (, uint96 tracePrice) = MODELS.disputeTerms(judged.version, judged.binding);
        return Bonds.minimum(tracePrice, _parametersOf(judged.parameters).answerAllowance);
    }

    /// @inheritdoc ICourt
    function prepaymentOf(Path path, uint256 baseFee) external pure returns (uint256) {
        return Prepayment.forAnswer(path, baseFee);
    }

    // Challenges

    /// @dev Whether the claim has fallen and this challenge can't take the winner's place any more.
    function _isBeyondHelp(uint64 id, Case storage dispute) private view returns (bool) {
        uint64 winner = dispute.winner;
        if (winner == 0) return false;
        return
            id > winner ||
            dispute.stage == Stage.Refuted ||
            !_now().isBefore(dispute.windowEnd) ||
            !_now().isBefore(_lastRefutation(dispute, _extensionOf(dispute)));
    }

    /// @dev Counts an opened challenge in; the first one begins the case.
    /// @return parameters The id of the job's parameter set.
    function _join(uint64 job, uint96 bond) private returns (uint16 parameters) {
        Case storage dispute = _cases[job];
        if (dispute.stage == Stage.None) {
            _begin(job, dispute, bond);
        } else {
            _requireBond(bond, minimumBondOf(job));
            if (!_now().isBefore(dispute.windowEnd)) revert TooLate(dispute.windowEnd);
        }
        dispute.opened++;
        dispute.pending++;
        return dispute.parameters;
    }

    /// @dev Begins the case with its first challenge.
    function _begin(uint64 job, Case storage dispute, uint96 bond) private {
        // Reverts unless the job is claimed and its window open. The market calls nobody.
        IInferenceMarket.Frozen memory frozen = MARKET.freeze(job);
        (bytes32 programRoot, uint96 tracePrice) = MODELS.disputeTerms(frozen.version, frozen.binding);
        IParameterSets.CourtParameters memory parameters = _parametersOf(frozen.parameters);
        _requireBond(bond, Bonds.minimum(tracePrice, parameters.answerAllowance));
        if (programRoot == 0) revert Undisputable(job);
        dispute.worker = frozen.worker;
        dispute.parameters = frozen.parameters;
        dispute.openedAt = _now();
        dispute.windowEnd = Instant.wrap(frozen.phaseEnd);
        dispute.stage = Stage.Disputed;
        dispute.programRoot = programRoot;
        emit TraceDue(job, frozen.worker, _traceDue(dispute, parameters));
    }

    function _requireBond(uint96 bond, uint256 minimum) private pure {
        if (bond < minimum) revert BondTooLow(bond, minimum);
    }

    function _lose(
        uint64 id,
        ChallengeRecord storage kept,
        uint64 job,
        Case storage dispute,
        uint88 answerAllowance
    ) private {
        kept.status = Status.Lost;
        dispute.pending--;
        uint256 due;
        if (!dispute.compensated) {
            dispute.compensated = true;
            IInferenceMarket.Job memory judged = MARKET.jobOf(job);
            (, uint96 tracePrice) = MODELS.disputeTerms(judged.version, judged.binding);
            due = Bonds.compensation(tracePrice, answerAllowance);
        }
        (uint96 paid, uint96 rewarded, uint96 burned) = Bonds.divide(kept.bond, due, answerAllowance);
        if (paid != 0) balanceOf[dispute.worker] += paid;
        balanceOf[msg.sender] += rewarded;
        emit ChallengeLost(id, job, paid, burned);
        emit TimeoutRewarded(id, msg.sender, rewarded);
        TOKEN.burn(burned);
    }

    function _returnBond(uint64 id, ChallengeRecord storage kept, uint96 prepaid) private {
        kept.status = Status.Returned;
        uint96 bond = kept.bond;
        balanceOf[kept.challenger] += bond;
        emit BondReturned(id, bond, prepaid);
    }

    /// @dev The claim falls. The earliest committed of the challenges that refute it in time wins.
    function _refute(uint64 id, uint64 job, Case storage dispute, Duration extension) private {
        uint64 winner = dispute.winner;
        if (winner == 0) dispute.refutedAt = _now();
        Instant deadline = _lastRefutation(dispute, extension);
        if (winner != 0 && (id >= winner || !_now().isBefore(deadline))) revert AlreadyRefuted(job, winner);
        dispute.winner = id;
        emit ClaimRefuted(job, id, deadline);
    }

    // Questions and answers

    /// @dev Charges the challenger's clock and starts the worker's; reverts unless it is the challenger's turn and in time.
    function _takeTurn(
        uint64 id,
        ChallengeRecord storage kept,
        Case storage dispute,
        IParameterSets.CourtParameters memory parameters
    ) private returns (Instant deadline) {
        Turn memory turn = _turn(kept, dispute, parameters);
        if (turn.side != Side.Challenger) revert NotYourTurn(id, turn.side);
        if (!_now().isBefore(turn.deadline)) revert TooLate(turn.deadline);
        Duration extension = Duration.wrap(parameters.extension);
        Duration clock = Duration.wrap(parameters.workerClock).grown(extension, dispute.opened);
        kept.workerUsed = turn.workerUsed;
        kept.challengerUsed = kept.challengerUsed.charged(turn.since, _now());
        kept.since = _now();
        deadline = _now().plus(clock.left(turn.workerUsed, extension));
        kept.deadline = deadline;
    }

    /// @dev Counts a demand.
    /// @return walked How far down the challenge has asked, this question included.
    function _descend(ChallengeRecord storage kept, Path path, uint8 demandLimit) private returns (Path walked) {
        walked = kept.walked();
        if (path.isDemand()) {
            if (kept.demands >= demandLimit) revert TooManyDemands(demandLimit);
            kept.demands++;
        } else {
            if (!path.isBelow(walked)) revert NotBelow(path, walked);
            walked = path;
        }
    }

    /// @dev Reverts unless a worker with a right trace can answer. Keeps what is found out about the node.
    function _requireAnswerable(uint64 job, Case storage dispute, Path path) private {
        PathKind kind = path.kind();
        bool suits = false;
        if (kind == PathKind.Nodes) {
            suits = path.suitsTrace(HashTree.depthOf(dispute.nodes));
        } else if (kind != PathKind.None) {
            suits = path.suits(_tensorOf(job, dispute, path));
        }
        if (!suits) revert InvalidPath(path);
    }

    /// @dev What the path's tensor is like: a node's as it is known, or else as it is shown now; or an input's or output's.
    function _tensorOf(uint64 job, Case storage dispute, Path path) private returns (KnownNode memory tensor) {
        IEvidence.Facts memory facts;
        facts.job = job;
        if (!path.isOfNode()) return abi.decode(_examine(facts), (KnownNode));
        facts.programRoot = dispute.programRoot;
        KnownNode storage known = _knownNodes[facts.programRoot][path.node()];
        tensor = known;
        if (tensor.kind != 0) return tensor;
        tensor = abi.decode(_examine(facts), (KnownNode));
        _knownNodes[facts.programRoot][path.node()] = tensor;
    }

    /// @dev Enters the question with its prepayment.
    function _enterQuestion(uint64 job, Path path) private {
        Question storage question = _questions[job][path];
        if (question.revealedAt.isSet()) revert AlreadyRevealed(path);
        uint256 needed = Prepayment.forAnswer(path, block.basefee);
        if (msg.value < needed) revert PrepaymentTooLow(msg.value, needed);
        if (msg.value > type(uint96).max) revert PrepaymentTooHigh(msg.value);
        if (!question.askedAt.isSet()) question.askedAt = _now();
        question.prepaid += uint128(msg.value);
    }

    /// @dev Takes an answer of this kind and pays for it; reverts unless it is one.
    function _answer(uint64 job, Path path, PathKind kind) private {
        Case storage dispute = _undecided(job);
        if (path.kind() != kind) revert InvalidPath(path);
        Question storage question = _questions[job][path];
        if (!question.askedAt.isSet()) revert NotAsked(path);
        if (question.revealedAt.isSet()) revert AlreadyRevealed(path);
        uint128 prepaid = question.prepaid;
        question.prepaid = 0;
        question.revealedAt = _now();
        if (prepaid != 0) coinOf[msg.sender] += prepaid;
        _examine(_factsOfAnswer(job, dispute, path));
    }

    /// @dev Has a question, an answer or a proof examined, as it came.
    /// @return found What that returned; it reverted if there is nothing in it, and so does this.
    function _examine(IEvidence.Facts memory facts) private view returns (bytes memory found) {
        return address(EVIDENCE).functionStaticCall(bytes.concat(msg.data, abi.encode(facts)));
    }

    // What is told to the examiner: no more than that takes, since each word that is read costs gas

    function _factsOfAnswer(
        uint64 job,
        Case storage dispute,
        Path path
    ) private view returns (IEvidence.Facts memory facts) {
        facts.job = job;
        if (!path.isDemand()) {
            facts.nodes = dispute.nodes;
            facts.traceRoot = dispute.traceRoot;
        }
        if (path.isOfNode()) {
            facts.programRoot = dispute.programRoot;
            facts.node = _knownNodes[facts.programRoot][path.node()];
        }
    }

    function _factsOfTrace(uint64 job, Case storage dispute) private view returns (IEvidence.Facts memory facts) {
        facts.job = job;
        facts.nodes = dispute.nodes;
        facts.programRoot = dispute.programRoot;
        facts.traceRoot = dispute.traceRoot;
    }

    function _factsOfStep(
        uint64 id,
        uint64 job,
        Case storage dispute,
        ICanon.Step calldata step
    ) private view returns (IEvidence.Facts memory facts) {
        facts = _factsOfTrace(job, dispute);
        if (step.accumulator.length != 0) facts.accumulator = accumulatorOf[id];
    }

    // Proofs

    /// @dev The case of an open challenge whose challenger may prove: at any time but when its own clock has run out.
    function _prover(uint64 id) private view returns (uint64 job, Case storage dispute, Duration extension) {
        ChallengeRecord storage kept = _opened(id);
        job = kept.job;
        dispute = _disputed(job);
        if (!dispute.assertedAt.isSet()) revert TraceMissing(job);
        IParameterSets.CourtParameters memory parameters = _parametersOf(kept.parameters);
        extension = Duration.wrap(parameters.extension);
        Turn memory turn = _turn(kept, dispute, parameters);
        if (turn.side == Side.Challenger && !_now().isBefore(turn.deadline)) revert TooLate(turn.deadline);
    }

    // What others keep

    function _parametersOf(uint16 id) private view returns (IParameterSets.CourtParameters memory) {
        return PARAMETERS.courtParametersOf(id);
    }

    // Time

    function _now() private view returns (Instant) {
        return Instant.wrap(uint40(block.timestamp));
    }

    /// @dev Whose turn it is in an open challenge. It follows from when its last question was answered; an answer that came too
    ///      late is none.
    function _turn(
        ChallengeRecord storage kept,
        Case storage dispute,
        IParameterSets.CourtParameters memory parameters
    ) private view returns (Turn memory turn) {
        turn.since = kept.since;
        turn.workerUsed = kept.workerUsed;
        turn.side = Side.Worker;
        if (!dispute.assertedAt.isSet()) {
            turn.deadline = _traceDue(dispute, parameters);
            return turn;
        }
        Path question = kept.question();
        if (question.isSet()) {
            Instant revealedAt = _questions[kept.job][question].revealedAt;
            turn.deadline = kept.deadline;
            if (!revealedAt.isSet() || !revealedAt.isBefore(turn.deadline)) return turn;
            turn.workerUsed = turn.workerUsed.charged(turn.since, revealedAt);
            turn.since = revealedAt;
        }
        turn.side = Side.Challenger;
        turn.since = turn.since.later(dispute.assertedAt);
        Duration clock = Duration.wrap(parameters.challengerClock);
        turn.deadline = turn.since.plus(clock.left(kept.challengerUsed, Duration.wrap(parameters.extension)));
    }

    function _traceDue(
        Case storage dispute,
        IParameterSets.CourtParameters memory parameters
    ) private view returns (Instant) {
        return dispute.openedAt.plus(Duration.wrap(parameters.assertPeriod));
    }

    /// @dev Until when a challenge may refute a claim that has fallen already.
    function _lastRefutation(Case storage dispute, Duration extension) private view returns (Instant) {
        return dispute.refutedAt.plus(extension);
    }

    function _extensionOf(Case storage dispute) private view returns (Duration) {
        return Duration.wrap(_parametersOf(dispute.parameters).extension);
    }

    // Conditions

    function _actsFor(address account) private view returns (bool) {
        return msg.sender == account || WORKERS.actsFor(account, msg.sender);
    }

    function _requireChallenger(ChallengeRecord storage kept) private view {
        address challenger = kept.challenger;
        if (!_actsFor(challenger)) revert NotChallenger(challenger, msg.sender);
    }

    function _requireStatus(uint64 id, ChallengeRecord storage kept, Status status) private view {
        Status present = kept.status;
        if (present == status) return;
        if (present == Status.None) revert UnknownChallenge(id);
        revert WrongStatus(id, present);
    }

    /// @dev An open challenge for which the caller acts.
    function _opened(uint64 id) private view returns (ChallengeRecord storage kept) {
        kept = _challenges[id];
        _requireStatus(id, kept, Status.Open);
        _requireChallenger(kept);
    }

    function _disputed(uint64 job) private view returns (Case storage dispute) {
        dispute = _cases[job];
        Stage stage = dispute.stage;
        if (stage != Stage.Disputed) revert WrongStage(job, stage);
    }

    /// @dev A dispute in which the claim has not fallen.
    function _undecided(uint64 job) private view returns (Case storage dispute) {
        dispute = _disputed(job);
        if (dispute.winner != 0) revert AlreadyRefuted(job, dispute.winner);
    }
}
