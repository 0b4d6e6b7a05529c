package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.GasPrices;
import java.math.BigInteger;
import java.util.Optional;

/**
 * How much to offer for gas: twice the base fee, which outlasts six full blocks in a row, and the
 * suggested tip.
 *
 * @param cap most that a unit of gas may ever cost, in wei
 */
public record FeePolicy(BigInteger cap) {

  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  /** Nodes refuse a replacement that offers less than this over the one they have. */
  private static final BigInteger REPLACEMENT_PERCENT = BigInteger.valueOf(110);

  /** The fees of a first attempt, or nothing while gas costs more than the cap. */
  public Optional<Fees> first(GasPrices prices) {
    if (prices.base().compareTo(cap) > 0) {
      return Optional.empty();
    }
    BigInteger maxFee = prices.base().shiftLeft(1).add(prices.tip()).min(cap);
    return Optional.of(new Fees(prices.tip().min(maxFee), maxFee));
  }

  /**
   * The fees of an attempt in place of one that is stuck, at least 10 % above it, or nothing if
   * that would be above the cap.
   */
  public Optional<Fees> replacement(Fees stuck, GasPrices prices) {
    Optional<Fees> today = first(prices);
    BigInteger maxFee = raised(stuck.maxFee()).max(today.map(Fees::maxFee).orElse(cap));
    BigInteger tip = raised(stuck.tip()).max(today.map(Fees::tip).orElse(BigInteger.ZERO));
    return today.isEmpty() || maxFee.compareTo(cap) > 0
        ? Optional.empty()
        : Optional.of(new Fees(tip, maxFee));
  }

  /** At least a tenth more, rounded up, and at least one more. */
  private static BigInteger raised(BigInteger price) {
    BigInteger[] quotient = price.multiply(REPLACEMENT_PERCENT).divideAndRemainder(HUNDRED);
    BigInteger rounded = quotient[1].signum() == 0 ? quotient[0] : quotient[0].add(BigInteger.ONE);
    return rounded.max(price.add(BigInteger.ONE));
  }
}
