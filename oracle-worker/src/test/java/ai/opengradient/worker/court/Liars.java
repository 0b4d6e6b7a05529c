package ai.opengradient.worker.court;

import ai.opengradient.store.fetch.FetchSettings;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.demo.Lie;
import ai.opengradient.worker.demo.Lies;
import ai.opengradient.worker.demo.OtherRuns;
import ai.opengradient.worker.testing.WorkerStage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The demo's lying worker on a stage, with each of its lies. */
final class Liars implements AutoCloseable {
  private final WorkerStage stage;
  private final int worker;
  private final Map<Lie, OtherRuns> runs = new EnumMap<>(Lie.class);
  private final Subjects subjects;

  /**
   * @param worker its account
   * @param folder for its runs
   */
  Liars(WorkerStage stage, int worker, Path folder, Lie... lies) {
    this.stage = stage;
    this.worker = worker;
    for (Lie lie : lies) {
      runs.put(lie, Lies.runs(lie, 1, folder.resolve(lie.word())));
    }
    subjects =
        new Subjects(
            new MarketReader(stage.client(), stage.deployment()),
            new ModelReader(stage.client(), stage.deployment()),
            new VerifiedFetch(
                List.of(stage.blocks()),
                folder.resolve("models of liars"),
                FetchSettings.usual(Long.MAX_VALUE, InstantSource.system())));
  }

  /** Has the worker claim what a lie gives. From then on blocks are mined by hand. */
  Claimed claim(JudgedModel model, Lie lie) {
    return Claimed.of(stage, worker, model.version(), model.file(), runs(lie));
  }

  /** Answers from the trace of its own run, whatever that is worth. */
  Party party(Lie lie) {
    return Party.defender(stage, worker, runs(lie).defences(subjects));
  }

  private OtherRuns runs(Lie lie) {
    return Objects.requireNonNull(runs.get(lie));
  }

  @Override
  public void close() {
    runs.values().forEach(OtherRuns::close);
  }
}
