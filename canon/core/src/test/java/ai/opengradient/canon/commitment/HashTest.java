package ai.opengradient.canon.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HashTest {
  private static final String DIGITS = "00".repeat(31) + "ff";

  @Test
  void readsWhatItWrites() {
    Hash hash = Hash.fromHex("0x" + DIGITS);
    assertThat(hash)
        .isEqualTo(Hash.fromHex(DIGITS))
        .hasSameHashCodeAs(Hash.fromHex(DIGITS))
        .hasToString("0x" + DIGITS);
    assertThat(Hash.of(hash.bytes())).isEqualTo(hash);
  }

  @Test
  void sharesItsBytesWithNobody() {
    byte[] bytes = new byte[32];
    Hash hash = Hash.of(bytes);
    bytes[0] = 1;
    hash.bytes()[1] = 1;
    assertThat(hash).isEqualTo(Hash.of(new byte[32]));
  }

  @Test
  void refusesOtherLengths() {
    assertThatThrownBy(() -> Hash.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hash.fromHex("0x" + DIGITS + "00"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hash.fromHex("0xzz")).isInstanceOf(IllegalArgumentException.class);
  }
}
