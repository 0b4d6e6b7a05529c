package ai.opengradient.worker.chain;

/**
 * A worker's account ({@code IWorkerRegistry.Worker}).
 *
 * @param withdrawal the cold address to which every payment and all returned stake go
 * @param staked all stake in the registry, the parts below included
 * @param locked bonds of claimed jobs
 * @param unbonding on its way out, still liable
 * @param unbondedAt chain time, seconds, from which {@code unbonding} can be withdrawn
 * @param offers number of open offers
 */
public record WorkerAccount(
    Address withdrawal,
    Amount staked,
    Amount locked,
    Amount unbonding,
    long unbondedAt,
    long offers) {

  /** Whether the account is registered as a worker. */
  public boolean isRegistered() {
    return !withdrawal.isZero();
  }
}
