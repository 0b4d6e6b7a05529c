package ai.opengradient.store.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.store.StoreException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAddressTest {
  @Test
  void readsTheThreeKinds() {
    assertThat(SourceAddress.parse("gateway:https://example.org/"))
        .isEqualTo(new SourceAddress.Gateway(URI.create("https://example.org")));
    assertThat(SourceAddress.parse("kubo:http://127.0.0.1:5001"))
        .isEqualTo(new SourceAddress.Kubo(URI.create("http://127.0.0.1:5001")));
    assertThat(SourceAddress.parse("directory:/var/lib/opg"))
        .isEqualTo(new SourceAddress.Directory(Path.of("/var/lib/opg")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://127.0.0.1:8080",
        "gateway:",
        "gateway:ftp://x",
        "gateway:http://x?a=b",
        "gateway:http://a b",
        "kubo:127.0.0.1:5001",
        "directory:",
        "directory:\0"
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> SourceAddress.parse(text))
        .isInstanceOf(StoreException.InvalidSourceAddress.class)
        .hasMessageContaining("gateway:http://host:port");
  }
}
