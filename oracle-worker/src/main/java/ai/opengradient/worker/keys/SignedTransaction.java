package ai.opengradient.worker.keys;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.Keccak256;
import java.util.HexFormat;

/**
 * A transaction that a node takes.
 *
 * @param hash by which the chain knows it
 * @param bytes {@code 0x} and hexadecimal digits
 */
public record SignedTransaction(Hash hash, String bytes) {

  static SignedTransaction of(byte[] signed) {
    return new SignedTransaction(Keccak256.hash(signed), "0x" + HexFormat.of().formatHex(signed));
  }
}
