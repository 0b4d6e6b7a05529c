package ai.opengradient.worker.config;

import ai.opengradient.worker.chain.Amount;

/**
 * A model version that the worker serves.
 *
 * @param version its id in the model registry
 * @param price least price of a job that the worker takes
 * @param bondLimit greatest job bond that it accepts
 * @param guard how often its stock answers are checked
 */
public record ModelOffer(long version, Amount price, Amount bondLimit, GuardPolicy guard) {}
