package ai.opengradient.store.car;

import ai.opengradient.store.content.ContentId;
import java.util.List;

/**
 * An archive whose blocks were taken.
 *
 * @param roots as its header states them
 * @param blocks how many it had
 * @param length bytes of these together
 */
public record ImportedArchive(List<ContentId> roots, long blocks, long length) {
  public ImportedArchive {
    roots = List.copyOf(roots);
  }
}
