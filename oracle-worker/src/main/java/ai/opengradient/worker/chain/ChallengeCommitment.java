package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.Keccak256;
import java.nio.ByteBuffer;

/** Hides which job a challenge means until it is opened. */
public final class ChallengeCommitment {

  private static final int WORD = 32;
  private static final int WORDS = 5;

  private ChallengeCommitment() {}

  /**
   * The commitment: keccak-256 of chain id, court, challenger, job and salt, a word each.
   *
   * @param salt known to the challenger alone
   */
  public static Hash of(Deployment deployment, Address challenger, long job, Hash salt) {
    ByteBuffer words = ByteBuffer.allocate(WORDS * WORD);
    words.putLong(WORD - Long.BYTES, deployment.chainId());
    put(words, 1, Hexadecimal.bytes(deployment.court().hex()));
    put(words, 2, Hexadecimal.bytes(challenger.hex()));
    words.putLong(4 * WORD - Long.BYTES, job);
    put(words, 4, salt.bytes());
    return Keccak256.hash(words.array());
  }

  private static void put(ByteBuffer words, int word, byte[] value) {
    words.put((word + 1) * WORD - value.length, value);
  }
}
