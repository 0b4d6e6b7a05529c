package ai.opengradient.worker.chain;

/**
 * What a worker asks for one job of a version ({@code IWorkerRegistry.Offer}).
 *
 * @param worker who offers
 * @param price for a job
 * @param bondLimit greatest job bond it accepts
 * @param since chain time, seconds, from which the offer stands
 * @param until chain time, seconds, from which it no longer stands; 0: open
 */
public record Offer(Address worker, Amount price, Amount bondLimit, long since, long until) {}
