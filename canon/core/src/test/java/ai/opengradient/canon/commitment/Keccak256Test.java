package ai.opengradient.canon.commitment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.junit.jupiter.api.Test;

class Keccak256Test {
  @Test
  void givesTheKnownHashes() {
    assertThat(Keccak256.hash())
        .hasToString("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    assertThat(Keccak256.hash("abc".getBytes(StandardCharsets.US_ASCII)))
        .hasToString("0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
    assertThat(
            Keccak256.hash("transfer(address,uint256)".getBytes(StandardCharsets.US_ASCII))
                .toString())
        .startsWith("0xa9059cbb");
  }

  @Test
  void agreesWithBouncyCastleAtEveryLengthAroundTheRate() {
    long seed = 20261121;
    Random random = new Random(seed);
    for (int length = 0; length <= 3 * 136 + 1; length++) {
      byte[] message = new byte[length];
      random.nextBytes(message);
      assertThat(Keccak256.hash(message).bytes())
          .as("seed %d, length %d", seed, length)
          .isEqualTo(new Keccak.Digest256().digest(message));
    }
  }

  @Test
  void doesNotCareHowAMessageIsCut() {
    long seed = 7;
    Random random = new Random(seed);
    byte[] message = new byte[5_000];
    random.nextBytes(message);
    Keccak256 keccak = new Keccak256();
    for (int round = 0; round < 20; round++) {
      int position = 0;
      while (position < message.length) {
        int taken = Math.min(1 + random.nextInt(300), message.length - position);
        if (taken == 1) {
          keccak.update(message[position]);
        } else if (random.nextBoolean()) {
          keccak.update(message, position, taken);
        } else {
          keccak.update(ByteBuffer.wrap(message, position, taken));
        }
        position += taken;
      }
      assertThat(keccak.digest())
          .as("seed %d, round %d", seed, round)
          .isEqualTo(Keccak256.hash(message));
    }
  }
}
