package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeploymentTest {

  private static final String COMPLETE =
      """
      {"chainId": 31337, "genesisHash": "0x%s", "blockNumber": 12,
       "token": "0x1111111111111111111111111111111111111111",
       "models": "0x2222222222222222222222222222222222222222",
       "workers": "0x3333333333333333333333333333333333333333",
       "parameterSets": "0x6666666666666666666666666666666666666666",
       "market": "0x4444444444444444444444444444444444444444",
       "court": "0x7777777777777777777777777777777777777777",
       "governor": "0x5555555555555555555555555555555555555555",
       "profile": "local", "treasury": "not read"}
      """
          .formatted("ab".repeat(32));

  @TempDir private Path directory;

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("deployment.json"), content);
  }

  @Test
  void a_complete_file_is_read() throws IOException {
    Deployment deployment = Deployment.read(file(COMPLETE));
    assertThat(deployment.chainId()).isEqualTo(31337);
    assertThat(deployment.parameterSets()).isEqualTo(new Address("0x" + "66".repeat(20)));
    assertThat(deployment.market()).isEqualTo(new Address("0x" + "44".repeat(20)));
    assertThat(deployment.court()).isEqualTo(new Address("0x" + "77".repeat(20)));
    assertThat(deployment.genesisHash()).hasToString("0x" + "ab".repeat(32));
    assertThat(deployment.blockNumber()).isEqualTo(12);
    assertThat(deployment.profile()).isEqualTo("local");
  }

  @Test
  void a_missing_or_wrong_field_is_named() throws IOException {
    String[][] damages = {
      {"\"market\"", "\"markt\"", "'market'"},
      {"31337", "\"31337\"", "'chainId'"},
      {"12,", "1.5,", "'blockNumber'"},
      {"0x4444", "0x44", "'market'"},
      {"0xabab", "0x", "hash"},
    };
    for (String[] damage : damages) {
      Path damaged = file(COMPLETE.replace(damage[0], damage[1]));
      assertThatThrownBy(() -> Deployment.read(damaged))
          .as(damage[1])
          .isInstanceOf(ChainException.InvalidDeployment.class)
          .hasMessageContaining(damage[2]);
    }
  }

  @Test
  void what_is_no_deployment_is_refused() throws IOException {
    for (String content : new String[] {"", "[]", "null", "{", "{}"}) {
      Path file = file(content);
      assertThatThrownBy(() -> Deployment.read(file))
          .as(content)
          .isInstanceOf(ChainException.InvalidDeployment.class)
          .hasMessageContaining(file.toString());
    }
    Path missing = directory.resolve("missing.json");
    assertThatThrownBy(() -> Deployment.read(missing))
        .isInstanceOf(ChainException.InvalidDeployment.class);
  }
}
