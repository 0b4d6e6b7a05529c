package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;

/**
 * A job as the market keeps it ({@code IInferenceMarket.Job}).
 *
 * @param id counted from 1
 * @param requester who asked
 * @param version of the model
 * @param binding index of the shape binding
 * @param state what may happen next
 * @param parameters id of its parameter set
 * @param callbackGas for the requester's callback; 0: none
 * @param outputsByReference whether its claim gives the outputs by their tree roots
 * @param worker zero until leased or claimed
 * @param fee the escrow: the requester's maximum, from the claim on the exact total
 * @param bond the job bond
 * @param requestedAt chain time, seconds
 * @param drawBlock the block whose hash draws the worker
 * @param phaseEnd chain time, seconds: the drawn worker's or the lease's deadline, then the end of
 *     the challenge window
 * @param lastDeadline chain time, seconds, after which no claim is taken
 * @param inputsHash keccak-256 of the inputs' tensor hashes, in order
 */
public record Job(
    long id,
    Address requester,
    long version,
    int binding,
    JobState state,
    int parameters,
    int callbackGas,
    boolean outputsByReference,
    Address worker,
    Amount fee,
    Amount bond,
    long requestedAt,
    long drawBlock,
    long phaseEnd,
    long lastDeadline,
    Hash inputsHash) {}
