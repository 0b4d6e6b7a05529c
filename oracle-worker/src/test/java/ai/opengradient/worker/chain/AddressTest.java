package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

final class AddressTest {

  /** An example of EIP-55. */
  private static final String CHECKSUMMED = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

  @Test
  void one_address_in_any_case_is_one_address() {
    Address address = new Address(CHECKSUMMED);
    assertThat(new Address("0x" + CHECKSUMMED.substring(2).toLowerCase(Locale.ROOT)))
        .isEqualTo(address);
    assertThat(new Address("0x" + CHECKSUMMED.substring(2).toUpperCase(Locale.ROOT)))
        .isEqualTo(address);
    assertThat(address).hasToString(CHECKSUMMED);
    assertThat(address.isZero()).isFalse();
    assertThat(Address.ZERO.isZero()).isTrue();
  }

  @Test
  void a_mistyped_letter_is_noticed() {
    assertThatThrownBy(() -> new Address(CHECKSUMMED.replace("0x5aA", "0x5AA")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void what_is_no_address_is_refused() {
    for (String text :
        new String[] {"", "0x", CHECKSUMMED + "0", CHECKSUMMED.substring(2), "opg"}) {
      assertThatThrownBy(() -> new Address(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("40 hexadecimal digits");
    }
  }
}
