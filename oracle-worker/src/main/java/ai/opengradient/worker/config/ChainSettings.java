package ai.opengradient.worker.config;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How to reach the chain and what to believe of it.
 *
 * @param rpc the node's JSON-RPC over HTTP
 * @param deployment the file that names chain id and contracts
 * @param confirmations blocks on top of one before its events count; 0: at once
 * @param pollInterval between two looks at the chain's head
 * @param feeCap most that a transaction may pay for a unit of gas, in wei
 */
public record ChainSettings(
    URI rpc, Path deployment, int confirmations, Duration pollInterval, BigInteger feeCap) {}
