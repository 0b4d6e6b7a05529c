// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICanon} from "../canon/ICanon.sol";
import {Duration, Instant} from "./Clock.sol";
import {Path} from "./Path.sol";

/// @notice Finds out whether a claim is right, by one-sided interrogation: only the worker asserts, a challenger only asks, and
///         this contract computes the step that decides.
///
/// @dev A claim is right if and only if every element lies within its band of the canonical output (docs/canon.md, section 13).
///
///      A dispute:
///
///      1. `challenge` takes a bond for a commitment that hides the job. `open` shows the job, a later instant and within the
///         job's window. Any number of challenges stand side by side; none waits for another.
///      2. `assertTrace`: the worker asserts the tree over its nodes' tensor hashes, once for the job, by the hashes four levels
///         below its root.
///      3. `ask` and the reveals: a challenger walks on down the worker's own tree, four levels a question, to the first node that
///         differs from the canonical one and there to the leaf that differs. Anyone may answer; an answer proves itself
///         against the trace's root and serves every challenge. What does not fit is no answer: a malformed tree loses by
///         silence.
///      4. `proveStep`, `proveOutput`: the element is not what its rule makes of its operands, or the claim lies out of the
///         band. A fold too long for one transaction goes by `proveMore`. A proof without a difference reverts.
///      5. Each side of a challenge has a chess clock. `timeout` ends a challenge whose side to move has run out.
///      6. `settle` tells the market.
///
///      Whose turn it is follows from what is kept, and from when questions were answered; no move goes through a list of
///      challenges. What is due by an instant is done before it, and late is late even if nobody said so yet: neither the order
///      of transactions nor who calls first decides anything.
///
///      Nobody owns this contract and nobody has a say in what it finds.
interface ICourt {
    /// @notice How far the dispute about a job has come. `Upheld` and `Refuted` absorb.
    enum Stage {
        None, // never challenged
        Disputed, // the job is frozen
        Upheld, // the claim stands
        Refuted // the claim fell
    }

    /// @notice How far a challenge has come. The last three absorb; in each the bond went its way, once.
    enum Status {
        None,
        Committed, // to a job not yet shown
        Open,
        Forfeited, // not opened in time: the bond is burned
        Lost, // the challenger ran out of time: the bond pays the worker and whoever said so, and is burned for the rest
        Returned // the claim fell: the challenger has the bond back
    }

    /// @notice Who has to move.
    enum Side {
        Nobody,
        Worker,
        Challenger
    }

    /// @notice A dispute about a job, as it is kept.
    struct Case {
        address worker;
        uint16 parameters; // id of the job's parameter set
        Instant openedAt; // of the first challenge
        Instant windowEnd; // challenges are opened before it
        uint64 winner; // the challenge that refuted the claim; zero: none
        Instant refutedAt; // when the first one did
        Instant assertedAt; // of the trace
        uint24 nodes; // of the program, known from the trace on
        uint32 opened; // challenges, ever
        uint32 pending; // of these not lost
        Stage stage;
        bool compensated; // a lost bond has paid the worker
        bytes32 programRoot;
        bytes32 traceRoot; // of the tree over the nodes' tensor hashes
    }

    /// @notice A challenge, as it is kept.
    struct Challenge {
        address challenger;
        uint96 bond; // $OPG
        uint64 job; // zero until it is opened
        Status status;
        Instant since; // committed at, then opened at, then asked at
        Instant deadline; // for opening, then for the last question's answer
        Duration workerUsed; // of its clock, the last question's answer apart
        Duration challengerUsed; // of its clock, up to the last question
        uint8 demands; // made
        bytes32 commitment; // until it is opened
        Path question; // the last one asked; zero: none
        uint96 prepaid; // for its answer, in the chain's coin
        Path walked; // the last one that was no demand; zero: none
    }

    /// @notice A question about a job. Whoever asks it, it is one and has one answer.
    struct Question {
        uint128 prepaid; // by all who asked, in the chain's coin; zero once it is answered
        Instant askedAt; // first; zero: never
        Instant revealedAt; // zero: not answered
    }

    /// @notice What is known of a node of a program, once somebody showed it. The kind is never zero.
    struct KnownNode {
        uint8 kind; // code of docs/canon.md, section 7
        uint8 dtype;
        uint32 count; // elements
    }

    /// @notice The preimage of a program's root. Section 11 of docs/canon.md.
    struct ProgramHead {
        uint32 specVersion;
        uint32 nodes; // how many
        bytes32 nodesRoot; // of the tree over the nodes' hashes
        uint32[] outputs; // positions of the output nodes
    }

    /// @notice Shows a node of the program.
    struct NodeOpening {
        ProgramHead program;
        bytes descriptor;
        bytes32[] siblings; // in the tree over the nodes' hashes
    }

    /// @notice Shows hashes of tensors in the trace.
    struct TraceOpening {
        uint256[] nodes; // positions, ascending strictly
        bytes32[] tensors; // their tensors' hashes
        bytes32[] siblings; // in the trace's tree
    }

    /// @notice Shows an element of a node to be false.
    /// @dev `step.operands` are the operands' tensors as the trace has them, with the leaves that the step reads.
    struct StepProof {
        ProgramHead program;
        bytes32[] siblings; // of the node in the tree over the nodes' hashes
        TraceOpening trace; // the node and its operands
        bytes32[] inputs; // tensor hashes of the job's inputs, if the node is an INPUT; else none
        ICanon.Step step; // which node, and which element
        ICanon.Operand result; // the node's own tensor as the trace has it, opened at the leaf of the element
    }

    /// @notice Shows an element of the claim to lie out of its band.
    struct OutputProof {
        ProgramHead program;
        TraceOpening trace; // the output's node
        ICanon.Operand result; // its tensor as the trace has it, opened at the leaf of the element
        ICanon.Leaves claimed; // the claim's leaf
    }

    event ChallengeCommitted(
        uint64 indexed challenge,
        address indexed challenger,
        bytes32 commitment,
        uint96 bond,
        Instant openDeadline
    );
    event ChallengeOpened(uint64 indexed challenge, uint64 indexed job, address indexed challenger);
    /// @notice The first challenge of a job is open: the worker has until then to assert its trace.
    event TraceDue(uint64 indexed job, address indexed worker, Instant deadline);
    /// @param root Of the tree over the nodes' tensor hashes.
    /// @param trace The commitment of section 11, which binds chain, court, job and program.
    event TraceAsserted(uint64 indexed job, address indexed worker, bytes32 root, bytes32 trace);
    event Asked(uint64 indexed challenge, uint64 indexed job, Path indexed path, Instant deadline, uint96 prepaid);
    /// @notice Hashes of the trace's tree or a tensor's, from left to right.
    event HashesRevealed(uint64 indexed job, Path indexed path, bytes32[] hashes);
    event LeafRevealed(uint64 indexed job, Path indexed path, bytes leaf);
    /// @notice In the trace the tensor that was asked about is the void one.
    event VoidRevealed(uint64 indexed job, Path indexed path);
    /// @notice Terms of a fold before `until` are in the accumulator.
    event Accumulated(uint64 indexed challenge, uint32 node, uint32 element, uint32 until, bytes accumulator);
    event StepDisproved(uint64 indexed challenge, uint32 node, uint32 element);
    event OutputDisproved(uint64 indexed challenge, uint8 output, uint32 element);
    event WorkerSilent(uint64 indexed challenge);
    /// @notice The claim has fallen. Until the deadline a challenge committed earlier may take the winner's place.
    event ClaimRefuted(uint64 indexed job, uint64 indexed challenge, Instant deadline);
    event ChallengeLost(uint64 indexed challenge, uint64 indexed job, uint96 compensation, uint96 burned);
    /// @notice With a challenge's time-out its bond paid the sender, too.
    event TimeoutRewarded(uint64 indexed challenge, address indexed sender, uint96 reward);
    event ChallengeForfeited(uint64 indexed challenge, uint96 burned);
    event BondReturned(uint64 indexed challenge, uint96 bond, uint96 prepaid);
    event Settled(uint64 indexed job, Stage stage, uint64 winner);
    event Withdrawn(address indexed account, address indexed to, uint256 amount);
    event CoinWithdrawn(address indexed account, address indexed to, uint256 amount);

    /// @dev No challenge has this id.
    error UnknownChallenge(uint64 challenge);
    /// @dev The challenge's status does not allow this.
    error WrongStatus(uint64 challenge, Status status);
    /// @dev The dispute's stage does not allow this.
    error WrongStage(uint64 job, Stage stage);
    /// @dev The caller is neither the challenger nor a delegate of it.
    error NotChallenger(address challenger, address caller);
    /// @dev The caller is neither the worker nor a delegate of it.
    error NotWorker(address worker, address caller);
    /// @dev A commitment of zero, or no bond.
    error EmptyChallenge();
    /// @dev The challenge was not committed to this job with this salt, by this challenger, at this court, on this chain.
    error WrongCommitment(uint64 challenge, bytes32 given, bytes32 committed);
    /// @dev What is due by an instant is done before it.
    error TooLate(Instant deadline);
    /// @dev The instant has not come yet.
    error TooEarly(Instant readyAt);
    /// @dev The bond does not cover what a lost challenge of this job may cost.
    error BondTooLow(uint96 bond, uint256 minimum);
    /// @dev The job's binding has no program: no court can judge it.
    error Undisputable(uint64 job);
    /// @dev A job has one trace.
    error TraceExists(uint64 job);
    /// @dev The worker has not asserted its trace yet.
    error TraceMissing(uint64 job);
    /// @dev The head is that of another program.
    error WrongProgram(bytes32 given, bytes32 programRoot);
    /// @dev The node is not in the program at that position: another descriptor, or wrong siblings.
    error NodeNotOpened(uint32 node);
    /// @dev The hashes are not in the trace at those places.
    error TraceNotOpened();
    /// @dev What is said of the tensor has another hash than the trace has at this node, or that hash was not opened.
    error WrongTensor(uint32 node);
    /// @dev It is the other side's turn.
    error NotYourTurn(uint64 challenge, Side turn);
    /// @dev There is nothing to show for this path; or the kind of node has none, or is not known and was not opened.
    error InvalidPath(Path path);
    /// @dev A challenge's questions go down, and stay with the tensor that they went into.
    error NotBelow(Path path, Path last);
    /// @dev The question has its answer.
    error AlreadyRevealed(Path path);
    /// @dev Nobody asked that.
    error NotAsked(Path path);
    /// @dev A challenge may demand so many leaves.
    error TooManyDemands(uint256 limit);
    /// @dev The coin does not prepay the answer.
    error PrepaymentTooLow(uint256 given, uint256 needed);
    /// @dev More coin than is counted.
    error PrepaymentTooHigh(uint256 given);
    /// @dev The answer doesn't stand in the tree, or doesn't fit: what is missing, filled or not a bool must look so.
    error DoesNotFit(Path path);
    /// @dev The inputs are not the job's.
    error WrongInputs(uint64 job);
    /// @dev The proof shows no difference. It changes nothing.
    error NoDifference();
    /// @dev The leaf with the element was not opened, or more was.
    error ElementNotOpened(uint32 element);
    /// @dev The model has no such output, or the output no such element.
    error UnknownElement(uint8 output, uint32 element);
    /// @dev Another accumulator than the challenge's last one for this element of this node.
    error WrongAccumulator(uint64 challenge);
    /// @dev The canon failed, or gave an answer of another size. That decides nothing.
    error CanonFailed(bytes answer);
    /// @dev A challenge committed earlier refuted the claim already, or the time for such is over.
    error AlreadyRefuted(uint64 job, uint64 winner);
    /// @dev The side whose turn it is still has time.
    error ClockRunning(uint64 challenge, Side turn, Instant deadline);
    /// @dev Challenges of the job are not over.
    error ChallengesPending(uint64 job, uint32 pending);
    /// @dev There is nothing to withdraw.
    error NothingToWithdraw(address account);
    /// @dev The receiver does not take the coin.
    error CoinRefused(address to);

    // Moves of challengers

    /// @notice Commits to a challenge. Takes the bond from the caller's approved $OPG.
    /// @dev Nobody sees which job is meant until it is opened, so nobody can copy a challenge in time to come before it.
    /// @param commitment keccak256(abi.encode(chain id, this court, the caller, job, salt)).
    /// @param bond At least twice the sum of the model's trace price and the set's answer allowance, seen at the opening.
    /// @return id The challenge's, counted from 1: the lower, the earlier.
    function challenge(bytes32 commitment, uint96 bond) external returns (uint64 id);

    /// @notice Shows which job a challenge means. By the challenger or a delegate, at a later instant than the commitment, within
    ///         the set's open period, and before the end of the job's window. The job's first one freezes it.
    /// @dev If the job's claim has fallen already, the bond returns instead.
    function open(uint64 id, uint64 job, bytes32 salt) external;

    /// @notice Asks the worker. By the challenger or a delegate, in its turn. What is sent along goes to whoever answers.
    /// @param path What for. Questions go down: levels of the trace first, from the fourth on, then those of one node's tensor. Demands of leaves of
    ///        data that the job, the program or the claim gives by reference may come between, up to the set's limit.
    /// @param node Shows the node that the path names, if it is asked about for the first time; else empty.
    function ask(uint64 id, Path path, NodeOpening calldata node) external payable;

    /// @notice Shows a trace's element to be false: another one than its rule gives; a given tensor that is not the given one; a
    ///         tensor where there is the void one, or the other way round. Refutes the claim. By the challenger or a delegate.
    function proveStep(uint64 id, StepProof calldata proof) external;

    /// @notice Adds terms of a fold to the challenge's accumulator. By the challenger or a delegate. Nothing is asserted.
    /// @param proof `result` and `inputs` are not looked at. An empty accumulator begins anew.
    /// @param until Row-major number in the fold space of the first term that is not added.
    function proveMore(uint64 id, StepProof calldata proof, uint32 until) external;

    /// @notice Shows an element of the claim to lie out of its band around the trace's, or the trace's tensor not to be of the
    ///         output's type. Refutes the claim. By the challenger or a delegate.
    function proveOutput(uint64 id, uint8 output, uint32 element, OutputProof calldata proof) external;

    // Moves of workers

    /// @notice Asserts the trace of a job. By the worker or a delegate, once, in time.
    /// @param row The hashes min(4, depth) levels below the root of the tree over the nodes' tensor hashes. They are revealed so.
    /// @param program What the job's program root is made of.
    function assertTrace(uint64 job, bytes32[] calldata row, ProgramHead calldata program) external;

    // Answers, by anyone: whoever answers is credited what was prepaid

    /// @notice Answers Nodes: the hashes min(4, levels left) levels below the one that the path names.
    /// @param siblings Of the hash that the path names.
    function revealNodes(uint64 job, Path path, bytes32[] calldata hashes, bytes32[] calldata siblings) external;

    /// @notice Answers Leaves above the last level: as `revealNodes`, in the tree of the node's tensor.
    /// @param traceSiblings Of the tensor's hash in the trace's tree.
    function revealLeaves(
        uint64 job,
        Path path,
        bytes32[] calldata hashes,
        bytes32[] calldata siblings,
        bytes32[] calldata traceSiblings
    ) external;

    /// @notice Answers Leaves at the last level: the 1,024 bytes of the leaf.
    function revealLeaf(
        uint64 job,
        Path path,
        bytes calldata leaf,
        bytes32[] calldata siblings,
        bytes32[] calldata traceSiblings
    ) external;

    /// @notice Answers Leaves at any level: in the trace the node's tensor is the void one.
    function revealVoid(uint64 job, Path path, bytes32[] calldata traceSiblings) external;

    /// @notice Answers Input.
    /// @param inputs Tensor hashes of all of the job's inputs.
    function revealInput(
        uint64 job,
        Path path,
        bytes calldata leaf,
        bytes32[] calldata siblings,
        bytes32[] calldata inputs
    ) external;

    /// @notice Answers Weight.
    /// @param node Shows the WEIGHT node.
    function revealWeight(
        uint64 job,
        Path path,
        bytes calldata leaf,
        bytes32[] calldata siblings,
        NodeOpening calldata node
    ) external;

    /// @notice Answers Output.
    function revealOutput(uint64 job, Path path, bytes calldata leaf, bytes32[] calldata siblings) external;

    // Anyone's moves

    /// @notice Ends a challenge whose side to move has run out of time: the worker's silence refutes the claim, the challenger's
    ///         loses its bond, of which the caller gets a sixteenth of the set's answer allowance.
    function timeout(uint64 id) external;

    /// @notice Burns the bond of a challenge that was not opened in time.
    function forfeit(uint64 id) external;

    /// @notice Tells the market how a dispute ended: refuted, once challenges committed earlier had their time; upheld, once the
    ///         window is over and every challenge lost.
    function settle(uint64 job) external;

    /// @notice Credits the bond of an open challenge of a job whose claim fell to its challenger, with what it prepaid for an
    ///         answer that never came.
    function reclaim(uint64 id) external;

    /// @notice Sends an account's $OPG to its payee (a worker's cold address, else itself).
    function withdraw(address account) external returns (uint256 amount);

    /// @notice Sends the caller's coin to an account.
    function withdrawCoin(address payable to) external returns (uint256 amount);

    // Views

    /// @notice The number of challenges; ids are 1..challengeCount.
    function challengeCount() external view returns (uint64);

    /// @notice A challenge as it is kept; reverts with UnknownChallenge.
    function challengeOf(uint64 id) external view returns (Challenge memory);

    /// @notice A dispute as it is kept; zeros if there is none about the job.
    function caseOf(uint64 job) external view returns (Case memory);

    /// @notice A question as it is kept; zeros if nobody asked.
    function questionOf(uint64 job, Path path) external view returns (Question memory);

    /// @notice A node of a program as it was shown; zeros if it was not, or has no valid descriptor.
    function nodeOf(bytes32 programRoot, uint32 node) external view returns (KnownNode memory);

    /// @notice Whose turn it is in a challenge, and until when; nobody's unless it is open and the claim not fallen.
    /// @dev A deadline that has passed means that `timeout` ends it.
    function turnOf(uint64 id) external view returns (Side side, Instant deadline);

    /// @notice The hash of a challenge's accumulator with its node and element; zero: it has none.
    function accumulatorOf(uint64 id) external view returns (bytes32);

    /// @notice The least bond with which a challenge of the job can be opened.
    function minimumBondOf(uint64 job) external view returns (uint256);

    /// @notice What an `ask` in a block of this base fee has to send along.
    function prepaymentOf(Path path, uint256 baseFee) external pure returns (uint256);

    /// @notice $OPG that `account` can withdraw.
    function balanceOf(address account) external view returns (uint256);

    /// @notice Coin that `account` can withdraw.
    function coinOf(address account) external view returns (uint256);
}
