package org.hyperledger.besu.evm.frame;

/** Why a call ended without a result. */
public interface ExceptionalHaltReason {
  ExceptionalHaltReason INVALID_OPERATION = () -> "INVALID_OPERATION";

  String name();
}
