package ai.opengradient.worker.chain;

/**
 * A call of a contract's function, ready to be simulated or sent. No call of the protocol carries
 * the chain's coin.
 *
 * @param to the contract
 * @param data calldata: {@code 0x} and hexadecimal digits
 */
public record Call(Address to, String data) {}
