package ai.opengradient.besu.precompile;

import ai.opengradient.canon.commitment.Keccak256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Names functions and errors in the bytes of calls and answers. */
final class Signature {
  private Signature() {}

  /** The first four bytes of the signature's hash. */
  static int selector(String signature) {
    byte[] hash = Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII)).bytes();
    return ByteBuffer.wrap(hash).getInt();
  }
}
