package ai.opengradient.worker.cli;

import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says which files the local store is to keep. */
@Command(
    name = "pin",
    description =
        "Mark a file of the local store as to be kept; without a content id, list the marks.")
final class StorePinCommand extends Subcommand {
  @Parameters(arity = "0..1", paramLabel = "CID", description = "The file's content id.")
  private @Nullable String id;

  @Option(names = "--remove", description = "Take the mark away.")
  private boolean remove;

  @Override
  Answer answer() {
    BlockStore store = new BlockStore(opg().store().directory());
    if (id != null) {
      ContentId root = ContentId.parse(id);
      if (remove) {
        store.unpin(root);
      } else {
        store.pin(root);
      }
    }
    List<String> pins = store.pins().stream().map(ContentId::toString).toList();
    return new Answer(new Fields().with("pins", pins).toMap(), pins);
  }
}
