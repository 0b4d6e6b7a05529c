package ai.opengradient.worker.config;

import ai.opengradient.worker.chain.Address;
import java.net.URI;

/**
 * A key that a signer elsewhere has.
 *
 * @param account whose key it is
 * @param signer where the signer's REST API is
 */
public record RemoteKey(Address account, URI signer) {}
