package ai.opengradient.worker.transactions;

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
      Map.of(
          "WrongState", LOST_RACE,
          "TooLate", LOST_RACE,
          "NotAssigned", LOST_RACE,
          "AlreadyTried", LOST_RACE,
          "DrawHashUnavailable", LOST_RACE,
          "NotDrawnYet", TOO_EARLY,
          "TooEarly", TOO_EARLY);

  static Verdict of(ContractError error) {
    return BY_ERROR.getOrDefault(error.name(), REFUSED);
  }
}
