package org.hyperledger.besu.plugin.services;

/** Its implementation holds the protocol schedule. */
public interface BlockchainService extends BesuService {}
