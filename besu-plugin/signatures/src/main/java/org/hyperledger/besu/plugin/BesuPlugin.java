package org.hyperledger.besu.plugin;

/** What Besu starts. {@code getName} is left out: its type differs between releases. */
public interface BesuPlugin {
  void register(ServiceManager context);

  void start();

  void stop();
}
