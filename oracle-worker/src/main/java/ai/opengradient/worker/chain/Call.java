package ai.opengradient.worker.chain;

import java.math.BigInteger;

/**
 * A call of a contract's function, ready to be simulated or sent.
 *
 * @param to the contract
 * @param data calldata: {@code 0x} and hexadecimal digits
 * @param coin the chain's coin that goes along, in wei
 */
public record Call(Address to, String data, BigInteger coin) {

  /** A call that no coin goes along with, as nearly all are. */
  public Call(Address to, String data) {
    this(to, data, BigInteger.ZERO);
  }
}
