package ai.opengradient.worker.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.worker.chain.GasPrices;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

final class FeePolicyTest {

  private final FeePolicy policy = new FeePolicy(BigInteger.valueOf(1_000));

  @Test
  void offers_twice_the_base_fee_and_the_tip() {
    assertThat(policy.first(prices(100, 7), Urgency.CALM)).contains(fees(7, 207));
  }

  @Test
  void never_offers_more_than_the_cap() {
    assertThat(policy.first(prices(900, 7), Urgency.CALM)).contains(fees(7, 1_000));
    assertThat(policy.first(prices(10, 5_000), Urgency.CALM)).contains(fees(1_000, 1_000));
    assertThat(policy.first(prices(1_001, 0), Urgency.CALM)).isEmpty();
  }

  @Test
  void offers_nothing_on_a_chain_without_gas_price() {
    assertThat(policy.first(prices(0, 0), Urgency.CALM)).contains(fees(0, 0));
  }

  @Test
  void a_replacement_is_at_least_a_tenth_dearer() {
    assertThat(policy.replacement(fees(7, 207), prices(100, 7), Urgency.CALM))
        .contains(fees(8, 228));
    assertThat(policy.replacement(fees(0, 0), prices(0, 0), Urgency.CALM)).contains(fees(1, 1));
    assertThat(policy.replacement(fees(100, 500), prices(10, 1), Urgency.CALM))
        .contains(fees(110, 550));
  }

  @Test
  void a_replacement_follows_a_base_fee_that_rose() {
    assertThat(policy.replacement(fees(7, 207), prices(300, 20), Urgency.CALM))
        .contains(fees(20, 620));
  }

  @Test
  void there_is_no_replacement_above_the_cap() {
    assertThat(policy.replacement(fees(7, 950), prices(100, 7), Urgency.CALM)).isEmpty();
    assertThat(policy.replacement(fees(7, 500), prices(1_001, 7), Urgency.CALM)).isEmpty();
  }

  @Test
  void the_nearer_the_deadline_the_higher_the_bid_up_to_the_cap() {
    assertThat(policy.first(prices(100, 8), Urgency.SOON)).contains(fees(10, 210));
    assertThat(policy.first(prices(100, 8), Urgency.PRESSING)).contains(fees(16, 216));
    assertThat(policy.first(prices(100, 8), Urgency.LAST)).contains(fees(32, 1_000));
    assertThat(policy.replacement(fees(8, 208), prices(100, 8), Urgency.PRESSING))
        .contains(fees(16, 416));
    assertThat(policy.replacement(fees(16, 600), prices(100, 8), Urgency.PRESSING))
        .contains(fees(32, 1_000));
    // Not even a tenth more fits below the cap.
    assertThat(policy.replacement(fees(16, 910), prices(100, 8), Urgency.LAST)).isEmpty();
  }

  @Test
  void urgency_grows_towards_the_deadline_and_ends_with_it() {
    assertThat(Urgency.of(Long.MAX_VALUE, 1_000)).isEqualTo(Urgency.CALM);
    assertThat(Urgency.of(1_301, 1_000)).isEqualTo(Urgency.CALM);
    assertThat(Urgency.of(1_300, 1_000)).isEqualTo(Urgency.SOON);
    assertThat(Urgency.of(1_120, 1_000)).isEqualTo(Urgency.PRESSING);
    assertThat(Urgency.of(1_045, 1_000)).isEqualTo(Urgency.LAST);
    assertThat(Urgency.of(1_000, 1_000)).isEqualTo(Urgency.CALM);
  }

  @Test
  void what_waits_is_too_slow_after_a_quarter_of_what_is_left() {
    assertThat(Urgency.isTooSlow(1_100, 1_000, 1_019)).isFalse();
    assertThat(Urgency.isTooSlow(1_100, 1_000, 1_020)).isTrue();
    assertThat(Urgency.isTooSlow(1_100, 1_090, 1_091)).isFalse();
    assertThat(Urgency.isTooSlow(1_100, 1_090, 1_092)).isTrue();
    assertThat(Urgency.isTooSlow(1_100, 1_000, 1_100)).isFalse();
    assertThat(Urgency.isTooSlow(Long.MAX_VALUE, 0, 1_000)).isFalse();
  }

  private static GasPrices prices(long base, long tip) {
    return new GasPrices(BigInteger.valueOf(base), BigInteger.valueOf(tip));
  }

  private static Fees fees(long tip, long maxFee) {
    return new Fees(BigInteger.valueOf(tip), BigInteger.valueOf(maxFee));
  }
}
