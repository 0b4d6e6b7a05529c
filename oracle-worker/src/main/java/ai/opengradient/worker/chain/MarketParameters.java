package ai.opengradient.worker.chain;

import java.math.BigInteger;

/**
 * One immutable set of the market's parameters ({@code IParameterSets.MarketParameters}); periods
 * in seconds.
 *
 * @param requestFee burned at request
 * @param latePenalty burned from a worker that misses its deadline
 * @param declinePeriod how long the drawn worker may decline for free
 * @param claimPeriod default time for the drawn worker
 * @param minimumBond floor of every job bond
 * @param protocolFeeBasisPoints of the worker's price
 * @param leasePeriod time for a worker that takes over
 * @param lastDeadlinePeriod from request to the last deadline
 * @param challengeWindow from claim to the earliest finalisation
 * @param outputLimit bytes of all inline outputs together
 */
public record MarketParameters(
    Amount requestFee,
    Amount latePenalty,
    long declinePeriod,
    long claimPeriod,
    Amount minimumBond,
    int protocolFeeBasisPoints,
    long leasePeriod,
    long lastDeadlinePeriod,
    long challengeWindow,
    long outputLimit) {

  private static final BigInteger WHOLE = BigInteger.valueOf(10_000);

  /**
   * The greatest price of a worker that a requester's maximum pays for, with royalty and protocol
   * fee.
   *
   * @param fee the maximum, request fee apart
   * @param royalty of the model
   */
  public Amount priceWithin(Amount fee, Amount royalty) {
    BigInteger rest = fee.units().subtract(royalty.units());
    // ⌊p · (WHOLE + b) / WHOLE⌋ ≤ rest  ⟺  p · (WHOLE + b) < (rest + 1) · WHOLE
    return rest.signum() < 0
        ? Amount.ZERO
        : new Amount(
            rest.add(BigInteger.ONE)
                .multiply(WHOLE)
                .subtract(BigInteger.ONE)
                .divide(WHOLE.add(BigInteger.valueOf(protocolFeeBasisPoints))));
  }
}
