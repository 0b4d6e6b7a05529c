package ai.opengradient.worker.keys;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Address;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.TransactionEncoder;

/** Signs with a private key, which it shows to nobody. */
public final class LocalSigner implements Signer {

  private static final String MAC = "HmacSHA256";

  private final Credentials credentials;
  private final Address address;

  LocalSigner(ECKeyPair key) {
    this.credentials = Credentials.create(key);
    this.address = new Address(credentials.getAddress());
  }

  @Override
  public Address address() {
    return address;
  }

  /** {@inheritDoc} The same transaction gives the same bytes each time (RFC 6979). */
  @Override
  public SignedTransaction sign(UnsignedTransaction transaction) {
    return SignedTransaction.of(TransactionEncoder.signMessage(transaction.toRaw(), credentials));
  }

  /**
   * A secret that follows from the key, so that whoever has the key needs no memory of it. It tells
   * nothing of the key, nor of other secrets.
   *
   * @param purpose what for; another one gives another secret
   */
  public Hash secret(String purpose) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(credentials.getEcKeyPair().getPrivateKey().toByteArray(), MAC));
      return Hash.of(mac.doFinal(("opg secret: " + purpose).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has " + MAC, missing);
    }
  }

  @Override
  public String toString() {
    return "signer of " + address;
  }
}
