package ai.opengradient.worker.serve;

import ai.opengradient.worker.job.State;
import ai.opengradient.worker.job.Turn;

/** What an open job means for the worker's plans. */
final class Phase {

  private Phase() {}

  /** Whether the job was taken and has no answer yet. */
  static boolean isQueued(State state) {
    return switch (state) {
      case State.Leasing _, State.Fetching _, State.Inferring _ -> true;
      case State.Drawing _,
          State.Watching _,
          State.Judging _,
          State.Bidding _,
          State.Declining _,
          State.Claiming _,
          State.Checking _,
          State.Waiting _,
          State.Finalising _,
          State.Frozen _,
          State.Ended _ ->
          false;
    };
  }

  /** Whether the job's bond is promised, but not locked by the chain yet. */
  static boolean isBondPromised(State state) {
    return switch (state) {
      case State.Leasing _ -> true;
      case State.Fetching fetching -> fetching.turn() instanceof Turn.Drawn;
      case State.Inferring inferring -> inferring.turn() instanceof Turn.Drawn;
      case State.Claiming claiming -> claiming.turn() instanceof Turn.Drawn;
      case State.Drawing _,
          State.Watching _,
          State.Judging _,
          State.Bidding _,
          State.Declining _,
          State.Checking _,
          State.Waiting _,
          State.Finalising _,
          State.Frozen _,
          State.Ended _ ->
          false;
    };
  }

  /** Whether the worker must still do something about the job that it took or said no to. */
  static boolean isBusy(State state) {
    return switch (state) {
      case State.Declining _,
          State.Leasing _,
          State.Fetching _,
          State.Inferring _,
          State.Claiming _,
          State.Checking _,
          State.Waiting _,
          State.Finalising _,
          State.Frozen _ ->
          true;
      case State.Drawing _, State.Watching _, State.Judging _, State.Bidding _, State.Ended _ ->
          false;
    };
  }
}
