package ai.opengradient.store.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentIdTest {
  private static final String VERSION_0 = "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n";
  private static final String VERSION_1 =
      "bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";
  private static final String EMPTY_RAW =
      "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";

  @Test
  void readsAndWritesBothVersions() {
    ContentId old = ContentId.parse(VERSION_0);
    assertThat(old).hasToString(VERSION_0);
    assertThat(old.version()).isZero();
    assertThat(old.codec()).isEqualTo(Codec.DAG_PB);
    assertThat(old.asVersion1()).hasToString(VERSION_1).isEqualTo(ContentId.parse(VERSION_1));
    assertThat(old).isNotEqualTo(ContentId.parse(VERSION_1));
    assertThat(ContentId.fromBytes(old.bytes())).isEqualTo(old).hasSameHashCodeAs(old);
  }

  @Test
  void readsTheBasesOfVersion1() {
    ContentId id = ContentId.parse(VERSION_1);
    assertThat(ContentId.parse(VERSION_1.toUpperCase(Locale.ROOT))).isEqualTo(id);
    assertThat(ContentId.parse("z" + Multibase.encodeBase58(id.bytes()))).isEqualTo(id);
    assertThat(ContentId.fromBytes(id.bytes())).isEqualTo(id);
  }

  @Test
  void namesBlocksByTheirHash() {
    ContentId id = ContentId.of(Codec.RAW, new byte[0]);
    assertThat(id).hasToString(EMPTY_RAW);
    assertThat(id.matches(new byte[0])).isTrue();
    assertThat(id.matches(new byte[1])).isFalse();
    assertThat(id.isIdentity()).isFalse();
    assertThatThrownBy(id::inlineBlock).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void holdsSmallBlocksInItself() {
    ContentId empty = ContentId.parse("bafkqaaa");
    assertThat(empty.isIdentity()).isTrue();
    assertThat(empty.inlineBlock()).isEmpty();
    ContentId hello = ContentId.fromBytes(bytes("01 55 00 05 68 65 6c 6c 6f"));
    assertThat(hello.inlineBlock()).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
    assertThat(hello.matches("hello".getBytes(StandardCharsets.US_ASCII))).isTrue();
    assertThat(hello.matches("hullo".getBytes(StandardCharsets.US_ASCII))).isFalse();
    assertThat(ContentId.fromBytes(bytes("01 55 00 80 01" + " 00".repeat(128))).inlineBlock())
        .hasSize(128);
    assertThatThrownBy(() -> ContentId.fromBytes(bytes("01 55 00 81 01" + " 00".repeat(129))))
        .isInstanceOf(StoreException.InvalidContentId.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "b",
        "z",
        "x",
        "hello",
        "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1",
        "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR10",
        "zQmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n",
        "zdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n",
        "bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku=",
        "bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvykv",
        "bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku/../x",
        "bAFYbeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
        "bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvy1u",
        "f01551220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "../../etc/passwd"
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> ContentId.parse(text))
        .isInstanceOf(StoreException.InvalidContentId.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01",
        "01 55",
        "01 55 12",
        "01 55 12 20",
        "01 55 12 1f" + " 00",
        "01 55 12 02 00 00",
        "01 55 12 03 00 00",
        "01 71 12 20",
        "01 55 1b 20",
        "02 55 12 20",
        "00 55 12 20",
        "81 00 55 00 00",
        "ff ff ff ff ff ff ff ff ff 01 00",
        "01 55 00 ff ff ff ff ff ff ff ff 7f"
      })
  void refusesOtherBytes(String hex) {
    assertThatThrownBy(() -> ContentId.fromBytes(bytes(hex)))
        .isInstanceOf(StoreException.InvalidContentId.class);
  }

  @Test
  void refusesLongTextsUnread() {
    assertThatThrownBy(() -> ContentId.parse("b" + "a".repeat(1 << 20)))
        .isInstanceOf(StoreException.InvalidContentId.class)
        .hasMessageContaining("256");
  }

  @Test
  void survivesAnyBytesAndTexts() {
    long seed = 42;
    Random random = new Random(seed);
    byte[] good = ContentId.parse(VERSION_1).bytes();
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = good.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        bytes[random.nextInt(5)] = (byte) random.nextInt();
      }
      try {
        ContentId id = ContentId.fromBytes(bytes);
        assertThat(id.bytes()).as("seed %d, round %d", seed, round).isEqualTo(bytes);
        assertThat(ContentId.parse(id.toString())).isEqualTo(id);
      } catch (StoreException.InvalidContentId e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
