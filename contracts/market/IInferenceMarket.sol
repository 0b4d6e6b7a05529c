// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Tensor} from "../canon/TensorType.sol";

/// @notice Jobs from request to payment: escrow, draw, claim, challenge window, callback.
/// @dev Escrow is taken at request and leaves only by finalise, refund or slash. Ids are counters. A job's parameters are
///      those of the set (IParameterSets) that was current at its request.
interface IInferenceMarket {
    /// @notice A job's states. `Finalised`, `Expired` and `Refuted` absorb.
    ///
    ///   None -> Requested -> Claimed -> Finalised
    ///               |  \        |  \--> Frozen -> Claimed | Refuted      (court only)
    ///               |   `-> Open -> Leased -> Claimed
    ///               `-> Expired       (from Requested, Open and Leased, after the last deadline)
    enum State {
        None,
        Requested,
        Open,
        Leased,
        Claimed,
        Frozen,
        Finalised,
        Expired,
        Refuted
    }

    /// @notice An input whose data lie elsewhere: too large for a transaction, or given before.
    /// @dev The market can't see the data. A worker that can't get them, or finds that they have another tree root, declines.
    struct Reference {
        uint8 input; // its index; its tensor in the request has the model's type and no data
        bytes32 root; // tree root of the data (docs/canon.md, section 11)
        bytes cid; // binary CID under which workers find them
    }

    /// @notice What a requester asks for.
    struct Request {
        uint32 version; // model version
        uint8 binding; // which shape binding
        bool acceptUndisputable; // must be true for a binding without a program
        bool outputsByReference; // the claim gives each output's tree root instead of its data
        uint24 callbackGas; // gas for onInference, at most 10,000,000; 0: no callback
        uint96 maxFee; // most the requester pays, royalty and protocol fee included, request fee apart, $OPG
        uint96 bond; // least job bond the requester wants locked behind the answer, $OPG
        uint32 claimPeriod; // seconds the drawn worker has; 0: the parameter set's default
        Tensor[] inputs;
        Reference[] references; // by ascending inputs; mostly none
    }

    /// @notice A job as the market keeps it.
    struct Job {
        address requester;
        uint32 version;
        uint8 binding;
        State state;
        uint16 parameters; // id of its parameter set
        uint24 callbackGas;
        bool outputsByReference; // the outputs' data are their tree roots
        address worker; // zero until leased or claimed
        uint96 fee; // the escrow: the requester's maxFee, from the claim on the exact total
        uint96 bond; // the job bond, rounded up to a multiple of 10^9
        uint40 requestedAt; // instant
        uint40 drawBlock; // the block whose hash draws the worker
        uint40 phaseEnd; // instant: drawn worker's or lease's deadline, then the end of the challenge window
        uint40 lastDeadline; // instant from which no claim is taken
        bytes32 inputsHash; // keccak-256 of the inputs' tensor hashes, in order
    }

    /// @notice What a dispute about a job depends on.
    struct Frozen {
        address worker; // who claimed
        uint32 version;
        uint8 binding;
        uint16 parameters; // id of the job's parameter set
        uint40 phaseEnd; // instant: the end of the challenge window
    }

    /// @notice Which inputs of a job are given by reference. Only of a job that has some, right before its JobRequested, where
    ///         their data are empty.
    event JobInputsReferenced(uint64 indexed job, Reference[] references);
    event JobRequested(
        uint64 indexed job,
        uint32 indexed version,
        address indexed requester,
        uint8 binding,
        uint96 maxFee,
        uint96 bond,
        uint24 callbackGas,
        uint40 drawBlock,
        uint40 claimDeadline,
        uint40 lastDeadline,
        Tensor[] inputs
    );
    event JobDeclined(uint64 indexed job, address indexed worker);
    event JobLeased(uint64 indexed job, address indexed worker, uint40 deadline);
    event JobClaimed(uint64 indexed job, address indexed worker, uint96 fee, uint40 windowEnd);
    /// @notice Where a claim's outputs lie that are given by reference. Right before such a job's JobClaimed.
    event JobOutputsReferenced(uint64 indexed job, bytes[] cids);
    event JobFinalised(
        uint64 indexed job,
        address indexed worker,
        uint96 workerEarned,
        uint96 royaltyPaid,
        uint96 protocolFee
    );
    event CallbackFailed(uint64 indexed job, bytes reason);
    event JobExpired(uint64 indexed job, uint96 refunded);
    event JobFrozen(uint64 indexed job);
    event JobReleased(uint64 indexed job);
    event JobRefuted(uint64 indexed job, address indexed winner, uint96 refunded, uint96 slashed);
    event WorkerLate(uint64 indexed job, address indexed worker, uint96 burned);
    event Withdrawn(address indexed account, address indexed to, uint256 amount);

    /// @dev No job has this id.
    error UnknownJob(uint64 job);
    /// @dev The job's state does not allow this.
    error WrongState(uint64 job, State state);
    /// @dev The version is deprecated: request a newer one.
    error VersionDeprecated(uint32 version);
    /// @dev No court can judge this binding and the request does not accept that.
    error UndisputableNotAccepted(uint32 version, uint8 binding);
    /// @dev The request has another number of inputs than the model.
    error WrongInputCount(uint256 given, uint256 expected);
    /// @dev Input `index` has another dtype or shape than the model's (TensorType words).
    error WrongInputType(uint256 index, uint256 given, uint256 expected);
    /// @dev Input `index` has another number of bytes than its type says.
    error WrongInputLength(uint256 index, uint256 given, uint256 expected);
    /// @dev Reference `index` is to an input that the model hasn't, or not to one after that of the reference before.
    error WrongReference(uint256 index, uint8 input);
    /// @dev A reference without a tree root.
    error ReferenceWithoutRoot(uint8 input);
    /// @dev A reference's CID is empty or longer than 64 bytes.
    error InvalidReferenceCid(uint8 input, uint256 length);
    /// @dev The input is given by reference and has data, too.
    error ReferencedInputHasData(uint256 input, uint256 length);
    /// @dev The fee is below what the cheapest standing offer that accepts the bond needs.
    error FeeTooLow(uint96 maxFee, uint96 needed);
    /// @dev No standing offer accepts this bond at any price.
    error NoOffers(uint32 version, uint96 bond);
    /// @dev The requested claim period is shorter than the decline period or reaches beyond the last deadline.
    error InvalidClaimPeriod(uint32 given);
    /// @dev With so much gas for its callback the job might never fit into a transaction, and its worker's bond stay locked.
    error CallbackGasTooHigh(uint24 given, uint24 limit);
    /// @dev The drawing block is not mined yet.
    error NotDrawnYet(uint64 job, uint40 drawBlock);
    /// @dev The chain no longer knows the drawing block's hash, or the registry the offers of the request's instant; the job
    ///      opens to every worker at its deadline.
    error DrawHashUnavailable(uint64 job, uint40 drawBlock);
    /// @dev The draw (or lease) went to another worker.
    error NotAssigned(uint64 job, address worker, address assigned);
    /// @dev The caller is neither the worker nor a delegate of it.
    error NotWorker(address worker, address caller);
    /// @dev The deadline is over: things due by it are done at earlier instants.
    error TooLate(uint64 job, uint40 deadline);
    /// @dev The instant has not come yet.
    error TooEarly(uint64 job, uint40 readyAt);
    /// @dev A worker may lease a job once, and not one that it declined or was late for.
    error AlreadyTried(uint64 job, address worker);
    /// @dev The worker's offer asks more than the job pays, or does not accept its bond.
    error OfferDoesNotFit(uint64 job, address worker);
    /// @dev The claim has another number of outputs than the model.
    error WrongOutputCount(uint256 given, uint256 expected);
    /// @dev Output `index` has another dtype or shape than the model's (TensorType words).
    error WrongOutputType(uint256 index, uint256 given, uint256 expected);
    /// @dev Output `index` has another number of bytes than its type says, or, by reference, than a tree root.
    error WrongOutputLength(uint256 index, uint256 given, uint256 expected);
    /// @dev The model's outputs have more bytes than can be claimed inline: request them by reference.
    error OutputTooLarge(uint256 given, uint256 limit);
    /// @dev Outputs by reference need a CID each, inline ones none.
    error WrongCidCount(uint256 given, uint256 expected);
    /// @dev The CID of an output is empty or longer than 64 bytes.
    error InvalidOutputCid(uint256 output, uint256 length);
    /// @dev The job's model has no output with this index.
    error UnknownOutput(uint64 job, uint256 output);
    /// @dev Too little gas is left to give the callback what the request named.
    error NotEnoughGasForCallback(uint64 job, uint256 available, uint256 needed);
    /// @dev A callback may not finalise jobs.
    error FinalisationRunning();
    /// @dev Only the court may do this.
    error NotCourt(address caller);
    /// @dev Nothing to withdraw.
    error NothingToWithdraw(address account);
    /// @dev All request fees are burned.
    error NothingToBurn();

    /// @notice Asks for one inference. Takes `maxFee` and the request fee from the caller's approved $OPG.
    /// @dev The data of inline outputs stand on the chain, at most the parameter set's limit of them. Of outputs by reference
    ///      only the tree roots do; whoever claims vouches for the data.
    ///
    ///      With `callbackGas` above zero the caller is called back (IInferenceConsumer). The request fee is nobody's from
    ///      here on: it waits in the market to be burned with others.
    /// @return job The new job's id, counted from 1.
    function request(Request calldata wanted) external returns (uint64 job);

    /// @notice The drawn worker passes the job on, free of charge, within the decline period. The job opens to all.
    function decline(uint64 job, address worker) external;

    /// @notice Posts the outputs for the drawn worker or the lease's holder and locks its job bond.
    /// @param outputs One for each of the model, with its type and data; by reference with the 32 bytes of the data's tree root.
    /// @param cids By reference: one binary CID for each output, under which its data lie. Else none.
    function claim(uint64 job, address worker, Tensor[] calldata outputs, bytes[] calldata cids) external;

    /// @notice Takes over a job that is open or whose worker is late; locks the job bond at once.
    function lease(uint64 job, address worker) external;

    /// @notice Ends a job that nobody claimed by the last deadline and refunds the escrow. Callable by anyone.
    function expire(uint64 job) external;

    /// @notice Pays worker, owner and protocol of an unchallenged claim whose window has passed, then calls back.
    /// @dev The callback may request its next job, but not finalise another.
    function finalise(uint64 job) external;

    /// @notice Finalises those of the jobs that can be; skips the others.
    /// @dev Too little gas for a callback reverts the whole: it is the caller's to give.
    /// @return finalised How many were.
    function finaliseMany(uint64[] calldata jobs) external returns (uint256 finalised);

    /// @notice Sends an account's balance to its payee (a worker's cold address, else itself). Callable by anyone.
    function withdraw(address account) external returns (uint256 amount);

    /// @notice Burns the request fees taken since the last call. Callable by anyone; they leave the market in no other way.
    function burnRequestFees() external returns (uint256 burned);

    /// @notice Stops a claimed job's clock while it is disputed. Only the court, and only within the challenge window.
    /// @return What a dispute about it depends on.
    function freeze(uint64 job) external returns (Frozen memory);

    /// @notice Ends a dispute in the worker's favour: the job is claimed again and its window is over. Only the court.
    function release(uint64 job) external;

    /// @notice Ends a dispute against the worker: full refund, bond slashed and shared out. Only the court.
    /// @dev Half the bond is burned, a tenth goes to the requester, the rest to the winner.
    function refute(uint64 job, address winner) external;

    /// @notice A job as the market keeps it.
    function jobOf(uint64 job) external view returns (Job memory);

    /// @notice The number of jobs; ids are 1..jobCount.
    function jobCount() external view returns (uint64);

    /// @notice A job's outputs and how far to trust them.
    /// @return state Claimed or Frozen: provisional; Finalised: final; all else: no outputs.
    /// @return outputs Empty if there are none. The data of an output by reference are its tree root.
    function resultOf(uint64 job) external view returns (State state, Tensor[] memory outputs);

    /// @notice The tree root of a claimed output's data, however it was given.
    /// @dev Reverts with WrongState where `resultOf` has no outputs.
    function outputRootOf(uint64 job, uint256 output) external view returns (bytes32 root);

    /// @notice Who was drawn for a job, or zero if no offer fits.
    /// @dev Reverts with NotDrawnYet or DrawHashUnavailable. A node runs a view within its latest block, which does not know
    ///      its own hash: the answer comes a block after the drawing block.
    function drawnWorkerOf(uint64 job) external view returns (address worker);

    /// @notice What a request would cost now.
    /// @return lowestFee The least `maxFee` that some standing offer accepts, request fee apart.
    /// @return requestFee Burned on top of it.
    /// @return offers How many standing offers accept the bond.
    /// @return jobBond The job bond that would be locked: the greatest of this one, the model's and the minimum.
    function quote(
        uint32 version,
        uint96 bond
    ) external view returns (uint96 lowestFee, uint96 requestFee, uint32 offers, uint96 jobBond);

    /// @notice What `account` can withdraw.
    function balanceOf(address account) external view returns (uint256);

    /// @notice The request fees that wait to be burned.
    function requestFees() external view returns (uint96);
}
