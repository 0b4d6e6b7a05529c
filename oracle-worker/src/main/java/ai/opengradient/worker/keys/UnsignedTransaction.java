package ai.opengradient.worker.keys;

import ai.opengradient.worker.chain.Address;
import java.math.BigInteger;
import org.web3j.crypto.RawTransaction;

/**
 * An EIP-1559 transaction.
 *
 * @param chainId that it is valid on
 * @param nonce the account's counter
 * @param gasLimit most gas it may use
 * @param tip most that the block's proposer gets for a unit of gas, in wei
 * @param maxFee most that a unit of gas costs, the tip included, in wei
 * @param to the contract
 * @param coin that goes along, in wei
 * @param data calldata: {@code 0x} and hexadecimal digits
 */
public record UnsignedTransaction(
    long chainId,
    long nonce,
    long gasLimit,
    BigInteger tip,
    BigInteger maxFee,
    Address to,
    BigInteger coin,
    String data) {

  RawTransaction toRaw() {
    return RawTransaction.createTransaction(
        chainId,
        BigInteger.valueOf(nonce),
        BigInteger.valueOf(gasLimit),
        to.hex(),
        coin,
        data,
        tip,
        maxFee);
  }
}
