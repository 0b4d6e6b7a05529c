package ai.opengradient.worker.transactions;

import java.math.BigInteger;

/** What came of a person's order about an effect. */
public sealed interface Intervention {

  /** A transaction with the same nonce is on its way in place of the last one. */
  record Replaced(Attempt attempt) implements Intervention {}

  /** Nothing was sent yet, and nothing will be. */
  record Withdrawn() implements Intervention {}

  /** The outbox has no such effect. */
  record Unknown() implements Intervention {}

  /** No transaction of it waits. */
  record NotWaiting() implements Intervention {}

  /** Much is lost without it, and the order doesn't say that this is meant. */
  record Binds() implements Intervention {}

  /**
   * It would have to offer more than it may.
   *
   * @param cap in wei
   */
  record AboveCap(BigInteger cap) implements Intervention {}
}
