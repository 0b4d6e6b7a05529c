package org.hyperledger.besu.plugin.services;

/** What can be asked for. */
public interface BesuService {}
