package ai.opengradient.worker.job;

import static ai.opengradient.worker.job.Ending.DECLINED;
import static ai.opengradient.worker.job.Ending.EXPIRED;
import static ai.opengradient.worker.job.Ending.FAILED;
import static ai.opengradient.worker.job.Ending.LATE;
import static ai.opengradient.worker.job.Ending.OTHERS;
import static ai.opengradient.worker.job.Ending.PAID;
import static ai.opengradient.worker.job.Ending.PASSED;
import static ai.opengradient.worker.job.Ending.REFUTED;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one job. An event that means nothing in a state leaves it as it is, without effects.
 *
 * @param terms what the request fixed
 * @param takesOver whether this worker takes over jobs that others were drawn for and left
 */
public record JobMachine(Terms terms, boolean takesOver) {

  private static final long FIRST_RETRY_SECONDS = 5;
  private static final int MOST_DOUBLINGS = 7;
  private static final long BIDDING_PAUSE_SECONDS = 10;

  /** What the event makes of a job in the state. */
  public Step step(State state, Event event) {
    return switch (event) {
      case Event.Tick tick -> moved(state, elapse(state, tick), wanted(state, tick));
      case Event.DrawnForUs drawn ->
          state instanceof State.Drawing
              ? enter(
                  new State.Judging(new Turn.Drawn(drawn.declineDeadline(), terms.claimDeadline())))
              : stay(state);
      case Event.DrawnForOther drawn ->
          state instanceof State.Drawing ? enter(watch(terms.claimDeadline())) : stay(state);
      case Event.Accepted accepted -> accept(state);
      case Event.Refused refused ->
          state instanceof State.Judging judging
              ? enter(passOn(judging.turn(), PASSED, refused.reason(), refused.now()))
              : leave(state, refused.reason());
      case Event.LeftAlone leftAlone ->
          // What is in the way of taking a job over may pass before its last deadline.
          state instanceof State.Bidding
              ? enter(new State.Watching(leftAlone.now() + BIDDING_PAUSE_SECONDS))
              : leave(state, leftAlone.reason());
      case Event.ModelReady ready ->
          state instanceof State.Fetching fetching
              ? enter(new State.Inferring(fetching.turn()))
              : stay(state);
      case Event.Inferred inferred ->
          state instanceof State.Inferring inferring
              ? enter(new State.Claiming(inferring.turn()))
              : stay(state);
      case Event.WorkFailed failed -> failWork(state, failed);
      case Event.Retried retried -> retry(state, retried);
      case Event.SendFailed failed -> failSend(state, failed);
      case Event.Logged logged ->
          canBeStale(state, logged.fact())
              ? stay(state)
              : moved(state, learn(state, logged.fact(), logged.now()), List.of());
      case Event.Observed observed -> enter(learn(state, observed.fact(), observed.now()));
      case Event.TakenBack back ->
          state instanceof State.Ended(Ending ending, _) && ending == PAID
              ? moved(state, payAgain(state, back), List.of())
              : stay(state);
    };
  }

  private static Step stay(State state) {
    return new Step(state, List.of());
  }

  private static Step enter(State state) {
    return new Step(state, effectsOf(state));
  }

  /** Enters the next state, or stays with other effects when it is the same. */
  private static Step moved(State state, State next, List<Effect> otherwise) {
    return next.equals(state) ? new Step(state, otherwise) : enter(next);
  }

  private static List<Effect> effectsOf(State state) {
    return switch (state) {
      case State.Drawing _, State.Watching _ -> List.of();
      case State.Judging _ -> List.of(new Effect.Judge(false));
      case State.Bidding _ -> List.of(new Effect.Judge(true));
      case State.Declining _ -> List.of(new Effect.SendDecline());
      case State.Leasing _ -> List.of(new Effect.SendLease());
      case State.Fetching _ -> List.of(new Effect.FetchModel());
      case State.Inferring _ -> List.of(new Effect.RunInference());
      case State.Claiming _ -> List.of(new Effect.SendClaim());
      case State.Checking _ -> List.of(new Effect.Observe());
      case State.Waiting _ -> List.of();
      case State.Finalising finalising -> List.of(new Effect.SendFinalise(finalising.attempt()));
      case State.Frozen _, State.Ended _ -> List.of();
    };
  }

  private List<Effect> wanted(State state, Event.Tick tick) {
    return state instanceof State.Drawing && tick.block() > terms.drawBlock()
        ? List.of(new Effect.LookUpDraw())
        : effectsOf(state);
  }

  private State elapse(State state, Event.Tick tick) {
    long now = tick.now();
    boolean over = now > terms.lastDeadline();
    return switch (state) {
      case State.Drawing _, State.Bidding _ -> over ? ended(EXPIRED) : state;
      case State.Watching watching ->
          over ? ended(EXPIRED) : now > watching.opensAt() ? new State.Bidding() : watching;
      case State.Judging judging -> elapse(judging, judging.turn(), now);
      case State.Fetching fetching -> elapse(fetching, fetching.turn(), now);
      case State.Inferring inferring -> elapse(inferring, inferring.turn(), now);
      case State.Waiting waiting ->
          now >= waiting.readyAt() ? new State.Finalising(waiting.attempts()) : waiting;
      // What was sent may have been mined in time: the send's outcome decides, not the clock.
      case State.Declining _,
          State.Leasing _,
          State.Claiming _,
          State.Finalising _,
          State.Checking _,
          State.Frozen _,
          State.Ended _ ->
          state;
    };
  }

  private static State elapse(State state, Turn turn, long now) {
    return now > turn.deadline() ? ended(LATE) : state;
  }

  private static Step accept(State state) {
    if (state instanceof State.Judging judging) {
      return enter(new State.Fetching(judging.turn()));
    }
    return state instanceof State.Bidding ? enter(new State.Leasing()) : stay(state);
  }

  private static Step leave(State state, String reason) {
    return state instanceof State.Judging || state instanceof State.Bidding
        ? enter(new State.Ended(PASSED, reason))
        : stay(state);
  }

  private static Step failWork(State state, Event.WorkFailed failed) {
    Turn turn = turnOf(state);
    return turn == null || state instanceof State.Judging || state instanceof State.Claiming
        ? stay(state)
        : enter(passOn(turn, FAILED, failed.reason(), failed.now()));
  }

  /** Whose turn it is now, the chain tells. */
  private Step retry(State state, Event.Retried retried) {
    boolean isRetriable =
        state instanceof State.Ended(Ending ending, String _)
            && (ending == FAILED || ending == PASSED)
            && retried.now() <= terms.lastDeadline();
    return isRetriable ? new Step(new State.Drawing(), List.of(new Effect.Observe())) : stay(state);
  }

  private static State passOn(Turn turn, Ending otherwise, String reason, long now) {
    return turn instanceof Turn.Drawn drawn && now <= drawn.declineDeadline()
        ? new State.Declining(reason)
        : new State.Ended(otherwise, reason);
  }

  private static Step failSend(State state, Event.SendFailed failed) {
    if (state instanceof State.Finalising(int attempt)) {
      long pause = FIRST_RETRY_SECONDS << Math.min(attempt, MOST_DOUBLINGS);
      return enter(new State.Waiting(failed.now() + pause, attempt + 1));
    }
    if (state instanceof State.Claiming) {
      return enter(new State.Checking(new State.Ended(FAILED, failed.reason())));
    }
    return state instanceof State.Declining || state instanceof State.Leasing
        ? enter(new State.Checking(new State.Ended(PASSED, failed.reason())))
        : stay(state);
  }

  /** Whether a log of the fact can be older than what led to the state. */
  private static boolean canBeStale(State state, OnChain fact) {
    boolean beforeClaim =
        switch (fact) {
          case OnChain.Requested _ -> true;
          case OnChain.Open _ -> true;
          case OnChain.Leased _ -> true;
          case OnChain.Claimed _ -> false;
          case OnChain.Frozen _ -> false;
          case OnChain.Finalised _ -> false;
          case OnChain.Expired _ -> false;
          case OnChain.Refuted _ -> false;
          case OnChain.Unknown _ -> false;
        };
    return beforeClaim
        && (state instanceof State.Checking
            || state instanceof State.Waiting
            || state instanceof State.Finalising
            || state instanceof State.Frozen);
  }

  private State learn(State state, OnChain fact, long now) {
    return switch (fact) {
      case OnChain.Unknown _ ->
          state instanceof State.Ended
              ? state
              : new State.Ended(OTHERS, "a reorganisation took the request back");
      case OnChain.Requested requested -> learnRequested(state);
      case OnChain.Open open -> learnOpen(state, open.ours(), now);
      case OnChain.Leased leased ->
          leased.ours()
              ? learnOurLease(state, leased.deadline())
              : learnLease(state, leased.deadline());
      case OnChain.Claimed claimed ->
          claimed.ours() ? learnOurClaim(state, claimed.windowEnd()) : lost(state);
      case OnChain.Frozen frozen ->
          frozen.ours()
              ? isSettled(state) ? state : new State.Frozen(attemptsOf(state))
              : lost(state);
      case OnChain.Finalised finalised -> finalised.ours() ? ended(PAID) : lost(state);
      case OnChain.Refuted refuted -> refuted.ours() ? ended(REFUTED) : lost(state);
      case OnChain.Expired expired ->
          state instanceof State.Ended ? state : ended(turnOf(state) == null ? EXPIRED : LATE);
    };
  }

  /** The claim is sent again, if it must be, by whoever sent it; what is left is the payment. */
  private State payAgain(State paid, Event.TakenBack back) {
    State waiting = new State.Waiting(back.now() + FIRST_RETRY_SECONDS, 0);
    return switch (back.fact()) {
      case OnChain.Finalised finalised -> finalised.ours() ? paid : lost(waiting);
      case OnChain.Requested _, OnChain.Open _, OnChain.Leased _ -> waiting;
      case OnChain.Claimed _,
          OnChain.Frozen _,
          OnChain.Refuted _,
          OnChain.Expired _,
          OnChain.Unknown _ ->
          learn(waiting, back.fact(), back.now());
    };
  }

  private static State learnRequested(State state) {
    return switch (state) {
      case State.Checking checking -> checking.otherwise();
      // A reorganisation took the claim back: the answer is still journalled, so coming here again
      // is quick.
      case State.Waiting _, State.Finalising _, State.Frozen _ -> new State.Drawing();
      case State.Drawing _,
          State.Watching _,
          State.Judging _,
          State.Bidding _,
          State.Declining _,
          State.Leasing _,
          State.Fetching _,
          State.Inferring _,
          State.Claiming _,
          State.Ended _ ->
          state;
    };
  }

  private State learnOpen(State state, boolean ours, long now) {
    if (state instanceof State.Ended) {
      return state;
    }
    if (ours) {
      return new State.Ended(
          DECLINED, state instanceof State.Declining declining ? declining.reason() : "");
    }
    if (state instanceof State.Checking checking) {
      return checking.otherwise();
    }
    if (turnOf(state) != null || state instanceof State.Leasing) {
      return state;
    }
    return takesOver && now <= terms.lastDeadline() ? new State.Bidding() : ended(OTHERS);
  }

  private static State learnOurLease(State state, long deadline) {
    State working = new State.Fetching(new Turn.Leased(deadline));
    return switch (state) {
      case State.Fetching fetching -> fetching.turn() instanceof Turn.Leased ? state : working;
      case State.Inferring inferring -> inferring.turn() instanceof Turn.Leased ? state : working;
      case State.Claiming claiming -> claiming.turn() instanceof Turn.Leased ? state : working;
      case State.Checking checking ->
          checking.otherwise().ending() == FAILED ? checking.otherwise() : working;
      case State.Ended _ -> state;
      case State.Drawing _,
          State.Watching _,
          State.Judging _,
          State.Bidding _,
          State.Declining _,
          State.Leasing _,
          State.Waiting _,
          State.Finalising _,
          State.Frozen _ ->
          working;
    };
  }

  private State learnLease(State state, long deadline) {
    Turn turn = turnOf(state);
    if (turn != null) {
      // A lease that ends before our own turn does is older than that turn.
      return deadline > turn.deadline() ? ended(LATE) : state;
    }
    return switch (state) {
      case State.Watching watching -> watch(Math.max(watching.opensAt(), deadline));
      case State.Checking checking ->
          checking.otherwise().ending() == FAILED
              ? new State.Ended(LATE, checking.otherwise().detail())
              : watch(deadline);
      case State.Declining declining -> new State.Ended(PASSED, declining.reason());
      case State.Ended _ -> state;
      case State.Drawing _,
          State.Bidding _,
          State.Leasing _,
          State.Waiting _,
          State.Finalising _,
          State.Frozen _ ->
          watch(deadline);
      case State.Judging _, State.Fetching _, State.Inferring _, State.Claiming _ -> state;
    };
  }

  private static State learnOurClaim(State state, long windowEnd) {
    boolean known = state instanceof State.Waiting || state instanceof State.Finalising;
    return known || isSettled(state) ? state : new State.Waiting(windowEnd, attemptsOf(state));
  }

  /** The job is another worker's for good. */
  private static State lost(State state) {
    return switch (state) {
      case State.Ended _ -> state;
      case State.Checking checking ->
          checking.otherwise().ending() == FAILED
              ? new State.Ended(LATE, checking.otherwise().detail())
              : ended(OTHERS);
      case State.Drawing _, State.Watching _, State.Bidding _ -> ended(OTHERS);
      case State.Declining declining -> new State.Ended(PASSED, declining.reason());
      case State.Leasing _ -> ended(OTHERS);
      case State.Judging _, State.Fetching _, State.Inferring _, State.Claiming _ -> ended(LATE);
      case State.Waiting _, State.Finalising _, State.Frozen _ -> ended(OTHERS);
    };
  }

  private State watch(long opensAt) {
    return takesOver ? new State.Watching(opensAt) : ended(OTHERS);
  }

  private static State.Ended ended(Ending ending) {
    return new State.Ended(ending, "");
  }

  /** Whether money has moved for the last time. */
  private static boolean isSettled(State state) {
    return state instanceof State.Ended(Ending ending, String detail)
        && (ending == PAID || ending == REFUTED);
  }

  private static int attemptsOf(State state) {
    return switch (state) {
      case State.Waiting waiting -> waiting.attempts();
      case State.Finalising finalising -> finalising.attempt();
      case State.Frozen frozen -> frozen.attempts();
      case State.Drawing _,
          State.Watching _,
          State.Judging _,
          State.Bidding _,
          State.Declining _,
          State.Leasing _,
          State.Fetching _,
          State.Inferring _,
          State.Claiming _,
          State.Checking _,
          State.Ended _ ->
          0;
    };
  }

  private static @Nullable Turn turnOf(State state) {
    return switch (state) {
      case State.Judging judging -> judging.turn();
      case State.Fetching fetching -> fetching.turn();
      case State.Inferring inferring -> inferring.turn();
      case State.Claiming claiming -> claiming.turn();
      case State.Drawing _,
          State.Watching _,
          State.Bidding _,
          State.Declining _,
          State.Leasing _,
          State.Checking _,
          State.Waiting _,
          State.Finalising _,
          State.Frozen _,
          State.Ended _ ->
          null;
    };
  }
}
