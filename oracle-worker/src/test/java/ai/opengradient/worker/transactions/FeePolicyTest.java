package ai.opengradient.worker.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.worker.chain.GasPrices;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

final class FeePolicyTest {

  private final FeePolicy policy = new FeePolicy(BigInteger.valueOf(1_000));

  @Test
  void offers_twice_the_base_fee_and_the_tip() {
    assertThat(policy.first(prices(100, 7))).contains(fees(7, 207));
  }

  @Test
  void never_offers_more_than_the_cap() {
    assertThat(policy.first(prices(900, 7))).contains(fees(7, 1_000));
    assertThat(policy.first(prices(10, 5_000))).contains(fees(1_000, 1_000));
    assertThat(policy.first(prices(1_001, 0))).isEmpty();
  }

  @Test
  void offers_nothing_on_a_chain_without_gas_price() {
    assertThat(policy.first(prices(0, 0))).contains(fees(0, 0));
  }

  @Test
  void a_replacement_is_at_least_a_tenth_dearer() {
    assertThat(policy.replacement(fees(7, 207), prices(100, 7))).contains(fees(8, 228));
    assertThat(policy.replacement(fees(0, 0), prices(0, 0))).contains(fees(1, 1));
    assertThat(policy.replacement(fees(100, 500), prices(10, 1))).contains(fees(110, 550));
  }

  @Test
  void a_replacement_follows_a_base_fee_that_rose() {
    assertThat(policy.replacement(fees(7, 207), prices(300, 20))).contains(fees(20, 620));
  }

  @Test
  void there_is_no_replacement_above_the_cap() {
    assertThat(policy.replacement(fees(7, 950), prices(100, 7))).isEmpty();
    assertThat(policy.replacement(fees(7, 500), prices(1_001, 7))).isEmpty();
  }

  private static GasPrices prices(long base, long tip) {
    return new GasPrices(BigInteger.valueOf(base), BigInteger.valueOf(tip));
  }

  private static Fees fees(long tip, long maxFee) {
    return new Fees(BigInteger.valueOf(tip), BigInteger.valueOf(maxFee));
  }
}
