package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MarketParametersTest {
  private static final Amount NONE = Amount.ZERO;

  @Test
  void thePriceWithinAFeeIsTheGreatestWhoseTotalIsNotAboveIt() {
    Random random = new Random(7);
    for (int round = 0; round < 10_000; round++) {
      int basisPoints = random.nextInt(2_001);
      Amount royalty = amount(random, 90);
      Amount fee = royalty.plus(amount(random, 95));
      BigInteger price = parameters(basisPoints).priceWithin(fee, royalty).units();
      assertThat(total(price, royalty, basisPoints)).isLessThanOrEqualTo(fee.units());
      assertThat(total(price.add(BigInteger.ONE), royalty, basisPoints)).isGreaterThan(fee.units());
    }
  }

  @Test
  void aFeeBelowTheRoyaltyPaysNothing() {
    assertThat(parameters(250).priceWithin(Amount.parse("1"), Amount.parse("1.1")))
        .isEqualTo(Amount.ZERO);
    assertThat(parameters(250).priceWithin(Amount.parse("1"), Amount.parse("1")))
        .isEqualTo(Amount.ZERO);
  }

  /** Written from the protocol: price, royalty, and the rounded-down fee of the protocol. */
  private static BigInteger total(BigInteger price, Amount royalty, int basisPoints) {
    BigInteger protocolFee =
        price.multiply(BigInteger.valueOf(basisPoints)).divide(BigInteger.valueOf(10_000));
    return price.add(royalty.units()).add(protocolFee);
  }

  private static Amount amount(Random random, int bits) {
    return new Amount(new BigInteger(random.nextInt(bits + 1), random));
  }

  private static MarketParameters parameters(int basisPoints) {
    return new MarketParameters(NONE, NONE, 0, 0, NONE, basisPoints, 0, 0, 0, 0);
  }
}
