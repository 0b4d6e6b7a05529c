package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.Receipt;
import java.util.List;

/**
 * How far an effect has come.
 *
 * <pre>
 *   Intended ─► Signed ─► Included ─► Closed
 *      │  ▲      │  ▲        │
 *      │  └──────┘  └────────┘   the nonce was taken by a stranger · the block was reorganised away
 *      └────────────────────────► Closed   without anything sent
 * </pre>
 */
public sealed interface Stage {

  /** It is to be done; nothing is signed. */
  record Intended() implements Stage {}

  /**
   * Transactions are signed, and perhaps with the node; none is known to be on the chain.
   *
   * @param attempts oldest first, at least one, all of one nonce
   */
  record Signed(List<Attempt> attempts) implements Stage {
    public Signed {
      attempts = checked(attempts);
    }
  }

  /** One of the attempts is on the chain, but not yet deep enough. */
  record Included(List<Attempt> attempts, Receipt receipt) implements Stage {
    public Included {
      attempts = checked(attempts);
    }
  }

  /** It is settled. */
  record Closed(Outcome outcome) implements Stage {}

  /** Whether the next stage may follow this one. */
  default boolean mayBecome(Stage next) {
    return switch (this) {
      case Intended _ ->
          switch (next) {
            case Signed _ -> true;
            case Closed closed -> isWithoutReceipt(closed.outcome());
            case Intended _, Included _ -> false;
          };
      case Signed signed ->
          switch (next) {
            case Intended _ -> true;
            case Signed later -> later.attempts().containsAll(signed.attempts());
            case Included included -> included.attempts().equals(signed.attempts());
            case Closed _ -> false;
          };
      case Included included ->
          switch (next) {
            case Signed back -> back.attempts().equals(included.attempts());
            case Closed closed -> !isWithoutReceipt(closed.outcome());
            case Intended _, Included _ -> false;
          };
      case Closed _ -> false;
    };
  }

  private static boolean isWithoutReceipt(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused _ -> true;
      case Outcome.LostRace lost -> lost.receipt().isEmpty();
      case Outcome.Mined _, Outcome.Reverted _ -> false;
    };
  }

  private static List<Attempt> checked(List<Attempt> attempts) {
    if (attempts.stream().map(Attempt::nonce).distinct().count() != 1) {
      throw new IllegalArgumentException("attempts must be at least one and of one nonce");
    }
    return List.copyOf(attempts);
  }
}
