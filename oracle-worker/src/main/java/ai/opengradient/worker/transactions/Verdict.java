package ai.opengradient.worker.transactions;

import static java.util.Map.entry;

import ai.opengradient.worker.chain.ContractError;
import java.util.Map;

/** What a contract's refusal means to the sender. */
enum Verdict {
  /** Somebody or the clock was faster. */
  LOST_RACE,
  /** The same call will be right later. */
  TOO_EARLY,
  /** The call is wrong. */
  REFUSED;

  private static final Map<String, Verdict> BY_ERROR =
      Map.ofEntries(
          entry("WrongState", LOST_RACE),
          entry("TooLate", LOST_RACE),
          entry("NotAssigned", LOST_RACE),
          entry("AlreadyTried", LOST_RACE),
          entry("DrawHashUnavailable", LOST_RACE),
          entry("WrongStage", LOST_RACE),
          entry("WrongStatus", LOST_RACE),
          entry("TraceExists", LOST_RACE),
          entry("AlreadyRevealed", LOST_RACE),
          entry("AlreadyRefuted", LOST_RACE),
          entry("NothingToWithdraw", LOST_RACE),
          entry("NotDrawnYet", TOO_EARLY),
          entry("TooEarly", TOO_EARLY),
          entry("ClockRunning", TOO_EARLY),
          entry("ChallengesPending", TOO_EARLY));

  static Verdict of(ContractError error) {
    return BY_ERROR.getOrDefault(error.name(), REFUSED);
  }
}
