package org.hyperledger.besu.plugin;

import java.util.Optional;
import org.hyperledger.besu.plugin.services.BesuService;

/** Where services are asked for. */
public interface ServiceManager {
  <T extends BesuService> Optional<T> getService(Class<T> serviceType);
}
