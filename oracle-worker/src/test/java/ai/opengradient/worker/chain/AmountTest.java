package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

final class AmountTest {

  @Test
  void amounts_are_read_and_written_in_opg() {
    for (String text : new String[] {"0", "1", "0.5", "1000000000", "0.000000000000000001"}) {
      assertThat(Amount.parse(text)).hasToString(text);
    }
    assertThat(Amount.parse("2.50")).hasToString("2.5");
    assertThat(Amount.parse("1").units()).isEqualTo(BigInteger.TEN.pow(18));
  }

  @Test
  void what_is_no_amount_is_refused() {
    String[] texts = {
      "", "-1", "+1", "1.", ".5", "1e3", "1,5", "0.0000000000000000001", "79228162515", "ten"
    };
    for (String text : texts) {
      assertThatThrownBy(() -> Amount.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + text + "'");
    }
    assertThat(Amount.parse("79228162514.264337593543950335")).isEqualTo(Amount.GREATEST);
  }

  @Test
  void amounts_add_up_and_never_fall_below_zero() {
    Amount two = Amount.parse("2");
    Amount half = Amount.parse("0.5");
    assertThat(two.plus(half)).hasToString("2.5");
    assertThat(two.minus(half)).hasToString("1.5");
    assertThat(two).isGreaterThan(half);
    assertThatThrownBy(() -> half.minus(two)).isInstanceOf(IllegalArgumentException.class);
  }
}
