package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.Receipt;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far an effect has come.
 *
 * <pre>
 *   Intended ─► Signed ─► Included ─► Closed
 *      │  ▲      │  ▲        │          │
 *      │  └──────┘  └────────┴──────────┘   the nonce was taken by a stranger · the block was reorganised away
 *      │  └───────────────────┘   the nonce was given up
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

  /**
   * It is settled.
   *
   * @param attempts of one nonce, for a reorganisation deeper than all confirmations; none if
   *     nothing was sent
   */
  record Closed(Outcome outcome, @Nullable List<Attempt> attempts) implements Stage {
    public Closed {
      attempts = attempts == null ? List.of() : List.copyOf(attempts);
    }

    /** Settled without anything sent. */
    public Closed(Outcome outcome) {
      this(outcome, List.of());
    }

    @Override
    public List<Attempt> attempts() {
      return Objects.requireNonNull(attempts);
    }
  }

  /** What was signed so far for the nonce that the effect has, oldest first. */
  default List<Attempt> signed() {
    return switch (this) {
      case Intended _ -> List.of();
      case Signed signed -> signed.attempts();
      case Included included -> included.attempts();
      case Closed closed -> closed.attempts();
    };
  }

  /** Whether the next stage may follow this one. */
  default boolean mayBecome(Stage next) {
    return switch (this) {
      case Intended _ ->
          switch (next) {
            case Signed _ -> true;
            case Closed closed -> closed.outcome().decidedBy().isEmpty();
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
            case Closed closed -> closed.outcome().decidedBy().isPresent();
            case Intended _ -> true;
            case Included _ -> false;
          };
      case Closed closed ->
          next instanceof Signed back
              && !closed.attempts().isEmpty()
              && back.attempts().equals(closed.attempts());
    };
  }

  private static List<Attempt> checked(List<Attempt> attempts) {
    if (attempts.stream().map(Attempt::nonce).distinct().count() != 1) {
      throw new IllegalArgumentException("attempts must be at least one and of one nonce");
    }
    return List.copyOf(attempts);
  }
}
