package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class ContractErrorTest {

  private static String word(long value) {
    return String.format("%064x", value);
  }

  @Test
  void a_custom_error_is_told_by_name_and_arguments() {
    String data =
        Abi.selector("NotAssigned(uint64,address,address)")
            + word(7)
            + "0".repeat(24)
            + "ab".repeat(20)
            + word(0);
    assertThat(ContractError.decode(data))
        .hasToString(
            "NotAssigned(job 7, worker "
                + new Address("0x" + "ab".repeat(20))
                + ", assigned "
                + Address.ZERO
                + ")");
  }

  @Test
  void an_error_without_arguments_and_one_with_a_hash() {
    assertThat(ContractError.decode(Abi.selector("InvalidSignature()")))
        .hasToString("InvalidSignature()");
    assertThat(
            ContractError.decode(
                Abi.selector("InvalidFile(bytes32,uint64)") + "cd".repeat(32) + word(0)))
        .hasToString("InvalidFile(fileHash 0x" + "cd".repeat(32) + ", fileLength 0)");
  }

  @Test
  void a_reason_in_words_and_a_panic() {
    String words = HexFormat.of().formatHex("no luck".getBytes(StandardCharsets.UTF_8));
    assertThat(
            ContractError.decode(
                "0x08c379a0" + word(32) + word(7) + words + "0".repeat(64 - words.length())))
        .hasToString("Error(reason no luck)");
    assertThat(ContractError.decode("0x4e487b71" + word(0x11))).hasToString("Panic(code 17)");
  }

  @Test
  void what_is_no_error_of_ours_is_unknown() {
    for (String data : new String[] {"0x", "0x12", "0x12345678", "0x08c379a0", "0x4e487b71ff"}) {
      assertThat(ContractError.decode(data).name()).as(data).isEqualTo("Unknown");
      assertThat(ContractError.decode(data).arguments())
          .containsExactly(new ContractError.Argument("data", data));
    }
  }
}
