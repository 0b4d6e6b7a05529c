package ai.opengradient.besu.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Clamped longs say the same as numbers of 256 bits, in random call data at edges of everything.
 */
class CallDataTest {
  private static final int DRAWS = 1_000_000;
  private static final int WORDS = 12;
  private static final long WORD = 32;

  private final long seed = new Random().nextLong();
  private final SplittableRandom random = new SplittableRandom(seed);

  private final int length = WORDS * (int) WORD + 5;

  @Test
  void readsAsSolcDoes() {
    int found = 0;
    int far = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      byte[] bytes = drawn();
      CallData call = new CallData(bytes);
      PlainCallData plain = new PlainCallData(bytes);
      // As Canon.sol goes: a struct whose fields are lists, an array of structs, and their fields.
      long base = random.nextInt(length);
      Long struct = attempted(() -> call.struct(base, base, 3));
      BigInteger plainStruct = plain.tail(big(base), big(base), 3 * (int) WORD);
      // A struct that is of no use may be refused at once or when it is looked into.
      boolean isUseful = false;
      for (int field = 0; field < 3; field++) {
        BigInteger[] expected =
            plainStruct == null
                ? null
                : plain.array(plainStruct, plainStruct.add(big(field * WORD)), field == 1 ? 1 : 32);
        int number = field;
        CallData.Span span =
            struct == null
                ? null
                : attempted(() ->
                    number == 1
                        ? call.byteString(struct, struct + WORD)
                        : call.words(struct, struct + number * WORD));
        assertThat(span == null)
            .as("field %d, base %d, seed %d, draw %d", field, base, seed, draw)
            .isEqualTo(expected == null);
        if (span != null && expected != null) {
          isUseful = true;
          assertThat(span.length()).as("seed %d", seed).isEqualTo(expected[1].intValueExact());
          if (span.length() > 0) {
            assertThat(big(span.position())).as("seed %d", seed).isEqualTo(expected[0]);
          }
        }
      }
      found += isUseful ? 1 : 0;
      if (struct != null && plainStruct != null) {
        assertThat(call.count(struct) == 0)
            .as("seed %d", seed)
            .isEqualTo(plain.load(plainStruct).signum() == 0);
        far += plainStruct.bitLength() > 250 ? 1 : 0;
      }
    }
    System.out.printf(
        "%,d structs in damaged call data, seed %d: %,d readable, %,d outside%n",
        DRAWS, seed, found, far);
    assertThat(found).isGreaterThan(DRAWS / 20);
    assertThat(far).isGreaterThan(DRAWS / 100);
  }

  private static BigInteger big(long number) {
    return BigInteger.valueOf(number);
  }

  private interface Attempt<T> {
    T run();
  }

  private static <T> @Nullable T attempted(Attempt<T> attempt) {
    try {
      return attempt.run();
    } catch (Reverted e) {
      assertThat(e.data()).isEmpty();
      return null;
    }
  }

  private byte[] drawn() {
    List<BigInteger> edges = new ArrayList<>();
    for (int bit : new int[] {0, 31, 32, 61, 62, 63, 64, 65, 128, 254, 255, 256}) {
      edges.add(BigInteger.ONE.shiftLeft(bit));
    }
    byte[] bytes = new byte[length];
    for (int word = 0; word < WORDS; word++) {
      BigInteger value =
          big(random.nextInt(4) == 0 ? random.nextInt(length) : random.nextInt(6) * WORD);
      if (random.nextInt(3) == 0) {
        value =
            edges.get(random.nextInt(edges.size())).add(big(random.nextInt(-2 * length, length)));
      }
      if (random.nextInt(4) == 0) {
        value = value.negate();
      }
      byte[] digits = PlainCallData.wrapped(value).toByteArray();
      int kept = Math.min(digits.length, (int) WORD);
      System.arraycopy(digits, digits.length - kept, bytes, (word + 1) * (int) WORD - kept, kept);
    }
    return bytes;
  }
}
