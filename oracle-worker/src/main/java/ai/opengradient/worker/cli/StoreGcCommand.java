package ai.opengradient.worker.cli;

import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.retention.GarbageCollection;
import ai.opengradient.worker.telemetry.WallClock;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes out of the local store what nobody needs. */
@Command(
    name = "gc",
    description = {
      "Take out of the local store what is neither pinned nor held for a job.",
      "Spares what was written or used within the last hour: a file that is being added is pinned last."
    })
final class StoreGcCommand extends Subcommand {
  @Option(
      names = "--spare-minutes",
      defaultValue = "60",
      converter = WholeNumberConverter.class,
      description =
          "Spare what was used so lately (${DEFAULT-VALUE}); 0 while nothing is being added.")
  private long minutes;

  @Override
  Answer answer() {
    BlockStore store = opg().store().blocks(WallClock.instants());
    GarbageCollection.Collected collected =
        GarbageCollection.collect(
            store,
            WallClock.instants().instant().minus(Duration.ofMinutes(minutes)),
            Long.MAX_VALUE);
    return new Answer(
        new Fields()
            .with("blocks", collected.removed().size())
            .with("bytes", collected.bytes())
            .with("spared", collected.spared())
            .toMap(),
        "Took out %d blocks with %d bytes; spared %d."
            .formatted(collected.removed().size(), collected.bytes(), collected.spared()));
  }
}
