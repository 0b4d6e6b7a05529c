package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.GasPrices;
import java.math.BigInteger;
import java.util.Optional;

/**
 * How much to offer for gas: twice the base fee, which outlasts six full blocks in a row, and the
 * suggested tip; more the nearer a deadline is.
 *
 * @param cap most that a unit of gas may ever cost, in wei
 */
public record FeePolicy(BigInteger cap) {

  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  /** Nodes refuse a replacement that offers less than this over the one they have. */
  private static final int REPLACEMENT_PERCENT = 110;

  /** The fees of a first attempt, or nothing while gas costs more than the cap. */
  Optional<Fees> first(GasPrices prices, Urgency urgency) {
    if (prices.base().compareTo(cap) > 0) {
      return Optional.empty();
    }
    BigInteger tip = percent(prices.tip(), urgency.percent());
    BigInteger usual = prices.base().shiftLeft(1).add(tip);
    BigInteger maxFee = urgency == Urgency.LAST ? cap : usual.min(cap);
    return Optional.of(new Fees(tip.min(maxFee), maxFee));
  }

  /**
   * The fees of an attempt in place of one that is stuck, at least 10 % above it, or nothing if
   * that would be above the cap.
   */
  Optional<Fees> replacement(Fees stuck, GasPrices prices, Urgency urgency) {
    Optional<Fees> today = first(prices, urgency);
    BigInteger leastMaxFee = raised(stuck.maxFee(), REPLACEMENT_PERCENT);
    if (today.isEmpty() || leastMaxFee.compareTo(cap) > 0) {
      return Optional.empty();
    }
    int percent = Math.max(REPLACEMENT_PERCENT, urgency.percent());
    BigInteger maxFee =
        raised(stuck.maxFee(), percent).max(today.get().maxFee()).min(cap).max(leastMaxFee);
    BigInteger tip = raised(stuck.tip(), percent).max(today.get().tip()).min(maxFee);
    return Optional.of(new Fees(tip, maxFee));
  }

  /** At least so much more, rounded up, and at least one more. */
  private static BigInteger raised(BigInteger price, int percent) {
    return percent(price, percent).max(price.add(BigInteger.ONE));
  }

  private static BigInteger percent(BigInteger price, int percent) {
    BigInteger[] quotient = price.multiply(BigInteger.valueOf(percent)).divideAndRemainder(HUNDRED);
    return quotient[1].signum() == 0 ? quotient[0] : quotient[0].add(BigInteger.ONE);
  }
}
