package ai.opengradient.worker.keys;

import ai.opengradient.canon.commitment.Keccak256;
import ai.opengradient.worker.chain.Address;
import java.math.BigInteger;
import java.util.HexFormat;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/** Signs for one account. Holds its private key, and shows it to nobody. */
public final class Signer {

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

  @Override
  public String toString() {
    return "signer of " + address;
  }
}
