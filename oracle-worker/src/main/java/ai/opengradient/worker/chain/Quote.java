package ai.opengradient.worker.chain;

/**
 * What a request would cost now.
 *
 * @param lowestFee least maximum fee that some standing offer accepts, request fee apart
 * @param requestFee burned on top of it
 * @param offers how many standing offers accept the bond
 * @param jobBond the job bond that would be locked
 */
public record Quote(Amount lowestFee, Amount requestFee, long offers, Amount jobBond) {}
