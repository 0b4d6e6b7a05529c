package ai.opengradient.canon.engine.commitment;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * The tree over a byte string with Bouncy Castle's keccak, level by level and with nothing around
 * it: another opinion on the root, and what the speed of lanes is compared with.
 */
public final class BouncyCastleTree {
  private static final byte LEAF_TAG = 0x00;
  private static final byte INNER_TAG = 0x01;
  private static final byte MISSING_TAG = 0x03;

  private BouncyCastleTree() {}

  /** The root of these bytes, 32 bytes. */
  public static byte[] root(byte[] bytes) {
    KeccakDigest keccak = new KeccakDigest(Hash.LENGTH * Byte.SIZE);
    byte[] filled = padded(bytes, TensorTree.LEAF_LENGTH, new byte[TensorTree.LEAF_LENGTH]);
    byte[] level = hashes(keccak, LEAF_TAG, filled, TensorTree.LEAF_LENGTH);
    byte[] missing = new byte[Hash.LENGTH];
    keccak.update(MISSING_TAG);
    keccak.doFinal(missing, 0);
    while (level.length > Hash.LENGTH) {
      level = hashes(keccak, INNER_TAG, padded(level, 2 * Hash.LENGTH, missing), 2 * Hash.LENGTH);
      missing =
          hashes(keccak, INNER_TAG, padded(missing, 2 * Hash.LENGTH, missing), 2 * Hash.LENGTH);
    }
    return level;
  }

  /** Filled up to a multiple of the length, and to one at least, with the end of the filling. */
  private static byte[] padded(byte[] bytes, int length, byte[] filling) {
    if (bytes.length > 0 && bytes.length % length == 0) {
      return bytes;
    }
    byte[] padded = Arrays.copyOf(bytes, (bytes.length / length + 1) * length);
    int lacking = padded.length - bytes.length;
    System.arraycopy(filling, filling.length - lacking, padded, bytes.length, lacking);
    return padded;
  }

  private static byte[] hashes(KeccakDigest keccak, byte tag, byte[] payloads, int length) {
    byte[] hashes = new byte[payloads.length / length * Hash.LENGTH];
    for (int place = 0; place * length < payloads.length; place++) {
      keccak.update(tag);
      keccak.update(payloads, place * length, length);
      keccak.doFinal(hashes, place * Hash.LENGTH);
    }
    return hashes;
  }
}
