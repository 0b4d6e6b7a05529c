package ai.opengradient.worker.keys;

import ai.opengradient.worker.chain.Address;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;

/**
 * Has a signer elsewhere sign, by the REST API of web3signer's eth1 mode. It is not trusted: what
 * it answers is used only if it is a signature of this very transaction by the account's key, with
 * the lower of both possible {@code s}, as chains want it (EIP-2).
 */
public final class RemoteSigner implements Signer {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int WORD = 32;
  private static final int PUBLIC_KEY = 64;

  private final RemoteApi api;
  private final Address address;
  private final String identifier;

  private RemoteSigner(RemoteApi api, Address address, String identifier) {
    this.api = api;
    this.address = address;
    this.identifier = identifier;
  }

  /**
   * Looks for the account's key.
   *
   * @param base where the API is
   * @param patience the longest that an answer may take
   * @throws KeyException if the signer does not answer, or has no such key
   */
  public static RemoteSigner connect(URI base, Address address, Duration patience) {
    RemoteApi api = new RemoteApi(base, patience);
    api.get("upcheck");
    URI asked = api.address("api/v1/eth1/publicKeys");
    for (JsonNode key : parse(asked, api.get("api/v1/eth1/publicKeys"))) {
      if (addressOf(key.asText()).filter(address::equals).isPresent()) {
        return new RemoteSigner(api, address, key.asText());
      }
    }
    throw new KeyException.RemoteWithoutKey(base, address);
  }

  private static JsonNode parse(URI asked, String answer) {
    try {
      JsonNode keys = JSON.readTree(answer);
      if (keys != null && keys.isArray()) {
        return keys;
      }
    } catch (JsonProcessingException malformed) {
      throw new KeyException.RemoteAnswerWrong(asked, "something other than JSON");
    }
    throw new KeyException.RemoteAnswerWrong(asked, "something other than a list of keys");
  }

  /** Empty for what is no public key. */
  private static Optional<Address> addressOf(String publicKey) {
    byte[] point = bytes(publicKey);
    if (point == null || point.length != PUBLIC_KEY) {
      return Optional.empty();
    }
    return Optional.of(new Address("0x" + HexFormat.of().formatHex(Keys.getAddress(point))));
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public SignedTransaction sign(UnsignedTransaction transaction) {
    RawTransaction raw = transaction.toRaw();
    byte[] message = TransactionEncoder.encode(raw);
    String path = "api/v1/eth1/sign/" + identifier;
    String answer = api.post(path, "{\"data\":\"0x" + HexFormat.of().formatHex(message) + "\"}");
    return SignedTransaction.of(
        TransactionEncoder.encode(raw, verified(api.address(path), message, answer.strip())));
  }

  private Sign.SignatureData verified(URI asked, byte[] message, String answer) {
    byte[] signature = bytes(answer);
    if (signature == null || signature.length < 2 * WORD || signature.length > 2 * WORD + 1) {
      throw new KeyException.RemoteAnswerWrong(asked, "something other than a signature");
    }
    byte[] r = Arrays.copyOf(signature, WORD);
    byte[] s = Arrays.copyOfRange(signature, WORD, 2 * WORD);
    ECDSASignature numbers = new ECDSASignature(new BigInteger(1, r), new BigInteger(1, s));
    if (!numbers.isCanonical()) {
      throw new KeyException.RemoteAnswerWrong(asked, "a signature whose s is not the lower one");
    }
    // Which of both points it was is found out here: what signers say of it differs.
    for (int point = 0; point < 2; point++) {
      if (isOurs(point, numbers, Hash.sha3(message))) {
        return new Sign.SignatureData((byte) (27 + point), r, s);
      }
    }
    throw new KeyException.RemoteAnswerWrong(
        asked, "a signature that is not of " + address + " for this transaction");
  }

  private boolean isOurs(int point, ECDSASignature numbers, byte[] digest) {
    try {
      BigInteger key = Sign.recoverFromSignature(point, numbers, digest);
      return key != null && address.equals(new Address("0x" + Keys.getAddress(key)));
    } catch (RuntimeException noPoint) {
      // The library says so, in several ways, where there is no such point.
      return false;
    }
  }

  private static byte @Nullable [] bytes(String text) {
    try {
      return text.startsWith("0x") ? HexFormat.of().parseHex(text, 2, text.length()) : null;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  @Override
  public String toString() {
    return "remote signer of " + address;
  }
}
