package ai.opengradient.worker.chain;

import java.time.Duration;

/**
 * How one of several chain nodes stands. Times are those of a {@link RunningTime}.
 *
 * <pre>
 *   Unchecked ─► Healthy ─► Lagging | Limited | Failing | WrongChain ─► Healthy
 * </pre>
 */
public sealed interface NodeState {

  /** Nobody knows yet whether it is of the right chain. */
  record Unchecked() implements NodeState {}

  /** It may be asked. */
  record Healthy() implements NodeState {}

  /**
   * It is behind the others, or behind what was seen already.
   *
   * @param what says so
   * @param until when it is looked at again
   */
  record Lagging(String what, Duration until) implements NodeState {}

  /**
   * It doesn't want to be asked so often.
   *
   * @param times in a row
   * @param until when it is asked again
   */
  record Limited(int times, Duration until) implements NodeState {}

  /**
   * It doesn't answer, or with something that is no answer.
   *
   * @param times in a row
   * @param what was the last failure
   * @param until when it is asked again
   */
  record Failing(int times, String what, Duration until) implements NodeState {}

  /**
   * It is of another chain or deployment.
   *
   * @param what says so
   * @param until when it is looked at again
   */
  record WrongChain(String what, Duration until) implements NodeState {}

  /** Whether questions may go to it without a look first. */
  default boolean isHealthy() {
    return this instanceof Healthy;
  }

  /** Whether it must show chain, first block and contracts before its next answer counts. */
  default boolean wantsCheck() {
    return switch (this) {
      case Unchecked _, Failing _, WrongChain _ -> true;
      case Healthy _, Lagging _, Limited _ -> false;
    };
  }

  /** When it may be looked at again. */
  default Duration due() {
    return switch (this) {
      case Unchecked _, Healthy _ -> Duration.ZERO;
      case Lagging lagging -> lagging.until();
      case Limited limited -> limited.until();
      case Failing failing -> failing.until();
      case WrongChain wrong -> wrong.until();
    };
  }

  /** For people: {@code healthy}, or what is wrong. */
  default String describe() {
    return switch (this) {
      case Unchecked _ -> "not asked yet";
      case Healthy _ -> "healthy";
      case Lagging lagging -> "lagging: " + lagging.what();
      case Limited _ -> "limited: it wants to be asked less often";
      case Failing failing -> "failing: " + failing.what();
      case WrongChain wrong -> "wrong chain: " + wrong.what();
    };
  }
}
