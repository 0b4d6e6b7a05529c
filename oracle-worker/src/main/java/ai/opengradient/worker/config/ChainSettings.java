package ai.opengradient.worker.config;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach the chain and what to believe of it.
 *
 * @param rpc the nodes' JSON-RPC over HTTP, the preferred one first
 * @param heads where new heads are announced over WebSocket, if anywhere
 * @param deployment the file that names chain id and contracts
 * @param confirmations blocks on top of one before its events count; 0: at once
 * @param pollInterval between two looks at the chain's head
 * @param feeCap most that a transaction may pay for a unit of gas, in wei
 * @param balanceFloor coin kept for what binds; with less the worker takes no new jobs, in wei
 */
public record ChainSettings(
    List<URI> rpc,
    Optional<URI> heads,
    Path deployment,
    int confirmations,
    Duration pollInterval,
    BigInteger feeCap,
    BigInteger balanceFloor) {

  public ChainSettings {
    rpc = List.copyOf(rpc);
  }
}
