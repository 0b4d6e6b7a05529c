package ai.opengradient.worker.testing;

import ai.opengradient.worker.journal.CommitListener;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** The moments around a process's commits and sends, at which its plan may have it killed. */
public final class KillMoments {
  private static final String SIGNED = "transaction signed ";

  private final KillPlan plan;

  public KillMoments(KillPlan plan) {
    this.plan = plan;
  }

  /** Before and after each commit. */
  public CommitListener listening(CommitListener next) {
    return new CommitListener() {
      @Override
      public void committing(Set<String> transitions) {
        transitions.forEach(transition -> plan.reached("before " + transition));
        next.committing(transitions);
      }

      @Override
      public void committed(Set<String> transitions) {
        next.committed(transitions);
        transitions.forEach(transition -> {
          if (transition.startsWith(SIGNED)) {
            plan.signed(transition.substring(SIGNED.length()));
          }
          plan.reached("after " + transition);
        });
      }
    };
  }

  /**
   * Stands between the process and its node, and is there when the node has a transaction.
   *
   * @return where the process is to look for its node
   */
  public Map<String, String> beforeNode(URI node) {
    FaultyProxy proxy = new FaultyProxy(node);
    proxy.faults(question ->
        question.path("method").asText().equals("eth_sendRawTransaction")
            ? new FaultyProxy.Fault.Before(this::sent)
            : new FaultyProxy.Fault.None());
    return Map.of("OPG_CHAIN_RPC", proxy.endpoint(1).url().toString());
  }

  /** What is sent again is no moment of its own. */
  private void sent() {
    plan.sent().ifPresent(effect -> plan.reached("after transaction sent " + effect));
  }
}
