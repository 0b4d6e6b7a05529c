package ai.opengradient.worker.cli;

import ai.opengradient.worker.config.ClientConfiguration;
import ai.opengradient.worker.journal.CommitListener;
import ai.opengradient.worker.testing.KillMoments;
import ai.opengradient.worker.testing.KillPlan;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The program {@code opg}, but that it kills itself at the moments that its plan names: before and
 * after each commit, after each send, and before and after its answer. Arguments: the folder of
 * plan and configuration, then the command line.
 */
public final class KilledCommandMain {
  private KilledCommandMain() {}

  public static void main(String[] arguments) throws Exception {
    LogConfiguration.COMMAND.use();
    Path folder = Path.of(arguments[0]);
    KillPlan plan = KillPlan.read(folder);
    KillMoments moments = new KillMoments(plan);
    URI node =
        ClientConfiguration.read(Optional.of(folder.resolve("opg.properties")), folder, Map.of())
            .chain()
            .rpc()
            .getFirst();
    Surroundings surroundings =
        new Surroundings(
            new Answers(plan),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            moments.beforeNode(node),
            folder,
            moments.listening(CommitListener.NOBODY));
    System.exit(Opg.run(surroundings, Arrays.copyOfRange(arguments, 1, arguments.length)));
  }

  private static final class Answers extends PrintWriter {
    private final KillPlan plan;

    Answers(KillPlan plan) {
      super(System.out, true, StandardCharsets.UTF_8);
      this.plan = plan;
    }

    @Override
    public void println(String line) {
      plan.reached("before answer");
      super.println(line);
      flush();
      plan.reached("after answer");
    }
  }
}
