package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of an interrogation: all that was published, in whatever order.
 *
 * @param root of the worker's trace, once it is asserted
 * @param hashes by question
 * @param leaves by question
 * @param accumulation the challenge's last one
 */
public record Evidence(
    Optional<Hash> root,
    Map<Path, List<Hash>> hashes,
    Map<Path, Bytes> leaves,
    Optional<Accumulation> accumulation) {
  /** Before anything was published. */
  public static final Evidence NONE =
      new Evidence(Optional.empty(), Map.of(), Map.of(), Optional.empty());

  public Evidence {
    hashes = Map.copyOf(hashes);
    leaves = Map.copyOf(leaves);
  }

  /** The state after an event. */
  public Evidence with(Event event) {
    return switch (event) {
      case Event.TraceAsserted(Hash asserted) ->
          new Evidence(Optional.of(asserted), hashes, leaves, accumulation);
      case Event.HashesRevealed(Path path, List<Hash> row) ->
          new Evidence(root, with(hashes, path, row), leaves, accumulation);
      case Event.LeafRevealed(Path path, Bytes leaf) ->
          new Evidence(root, hashes, with(leaves, path, leaf), accumulation);
      case Event.Accumulated(Accumulation last) ->
          new Evidence(root, hashes, leaves, Optional.of(last));
    };
  }

  /**
   * The hashes that answer a question; nothing if it was not answered.
   *
   * @throws DisputeException if a leaf was shown instead
   */
  Optional<List<Hash>> row(Path path) {
    requireNone(path, leaves, "a leaf where hashes are");
    return Optional.ofNullable(hashes.get(path));
  }

  /**
   * The leaf that answers a question; nothing if it was not answered.
   *
   * @throws DisputeException if hashes were shown instead
   */
  Optional<Bytes> leaf(Path path) {
    requireNone(path, hashes, "hashes where a leaf is");
    return Optional.ofNullable(leaves.get(path));
  }

  private static void requireNone(Path path, Map<Path, ?> answers, String what) {
    if (answers.containsKey(path)) {
      throw ShownTree.unfitting(path, what);
    }
  }

  private static <T> Map<Path, T> with(Map<Path, T> known, Path path, T answer) {
    Map<Path, T> all = new HashMap<>(known);
    all.put(path, answer);
    return all;
  }
}
