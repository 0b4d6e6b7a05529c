package ai.opengradient.canon.engine.commitment;

import static ai.opengradient.canon.engine.commitment.LanewisePermutation.LANES;
import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.junit.jupiter.api.Test;

class LanewiseKeccakTest {
  private static final int RATE = 136;

  @Test
  void agreesWithBouncyCastleAtEveryLengthAroundTheRate() {
    long seed = 20261123;
    Random random = new Random(seed);
    for (int length = 0; length <= 3 * RATE; length += Long.BYTES) {
      agreesWithBouncyCastle(random.nextInt(256), length, LANES, random, seed);
    }
  }

  @Test
  void agreesWithBouncyCastleOnAnyNumberOfMessages() {
    long seed = 20261124;
    Random random = new Random(seed);
    for (int count = 0; count <= 3 * LANES; count++) {
      agreesWithBouncyCastle(0x01, 64, count, random, seed);
      agreesWithBouncyCastle(0x00, 1024, count, random, seed);
    }
  }

  @Test
  void forgetsTheMessagesBefore() {
    long seed = 20261125;
    byte[] payloads = new byte[LANES * RATE];
    byte[] first = new byte[LANES * Hash.LENGTH];
    byte[] second = new byte[LANES * Hash.LENGTH];
    LanewiseKeccak keccak = new LanewiseKeccak(0xff, RATE);
    keccak.hash(payloads, LANES, first, 0);
    byte[] others = new byte[LANES * RATE];
    new Random(seed).nextBytes(others);
    keccak.hash(others, LANES, second, 0);
    assertThat(second).as("seed %d", seed).isNotEqualTo(first);
    keccak.hash(payloads, LANES, second, 0);
    assertThat(second).as("seed %d", seed).isEqualTo(first);
  }

  private static void agreesWithBouncyCastle(
      int tag, int length, int count, Random random, long seed) {
    byte[] payloads = new byte[count * length];
    random.nextBytes(payloads);
    int offset = random.nextInt(50);
    byte[] hashes = new byte[offset + count * Hash.LENGTH];
    new LanewiseKeccak(tag, length).hash(payloads, count, hashes, offset);
    for (int place = 0; place < count; place++) {
      Keccak.Digest256 expected = new Keccak.Digest256();
      expected.update((byte) tag);
      expected.update(payloads, place * length, length);
      int from = offset + place * Hash.LENGTH;
      assertThat(Arrays.copyOfRange(hashes, from, from + Hash.LENGTH))
          .as("seed %d, tag %d, length %d, message %d of %d", seed, tag, length, place, count)
          .isEqualTo(expected.digest());
    }
  }
}
