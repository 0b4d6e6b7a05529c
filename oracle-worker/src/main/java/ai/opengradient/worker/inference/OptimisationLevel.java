package ai.opengradient.worker.inference;

/** How far ONNX Runtime rewrites a graph before it runs it. Its bits depend on it. */
public enum OptimisationLevel {
  /** The graph as it is written. */
  NONE,
  /** Rewrites that keep the meaning exactly: constants folded, what is redundant removed. */
  BASIC,
  /** Also fusions of nodes. */
  EXTENDED,
  /** Also changes of memory layout: the fastest. */
  ALL
}
