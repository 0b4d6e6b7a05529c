package ai.opengradient.worker.keys;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.Keccak256;
import ai.opengradient.worker.chain.Address;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/** Signs for one account. Holds its private key, and shows it to nobody. */
public final class Signer {

  private static final String MAC = "HmacSHA256";

  private final Credentials credentials;
  private final Address address;

  Signer(ECKeyPair key) {
    this.credentials = Credentials.create(key);
    this.address = new Address(credentials.getAddress());
  }

  /** The account. */
  public Address address() {
    return address;
  }

  /** Signs; the same transaction gives the same bytes each time (RFC 6979). */
  public SignedTransaction sign(UnsignedTransaction transaction) {
    byte[] signed =
        TransactionEncoder.signMessage(
            RawTransaction.createTransaction(
                transaction.chainId(),
                BigInteger.valueOf(transaction.nonce()),
                BigInteger.valueOf(transaction.gasLimit()),
                transaction.to().hex(),
                transaction.coin(),
                transaction.data(),
                transaction.tip(),
                transaction.maxFee()),
            credentials);
    return new SignedTransaction(Keccak256.hash(signed), "0x" + HexFormat.of().formatHex(signed));
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
