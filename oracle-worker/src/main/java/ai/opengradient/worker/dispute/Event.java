package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import java.util.List;

/**
 * What the court has published about a job, and what it has of one challenge. That a tensor is void
 * needs no event: its commitment says so.
 */
public sealed interface Event {
  /** The worker has asserted the root of the tree over its nodes' tensors. */
  record TraceAsserted(Hash root) implements Event {}

  /** An answer, whoever asked. */
  record HashesRevealed(Path path, List<Hash> hashes) implements Event {
    public HashesRevealed {
      hashes = List.copyOf(hashes);
    }
  }

  /** An answer, whoever asked. */
  record LeafRevealed(Path path, Bytes leaf) implements Event {}

  /** Terms of the challenge's own proof were added. */
  record Accumulated(Accumulation accumulation) implements Event {}
}
