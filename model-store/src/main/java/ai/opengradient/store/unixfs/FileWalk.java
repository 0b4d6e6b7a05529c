package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * One walk over a file's tree, depth first, so that its bytes come in their order. Blocks that are
 * needed next are asked for ahead; as many as that, and one node of each level, are in memory.
 */
final class FileWalk {
  private final BlockSource source;
  private final Limits limits;
  private final int ahead;
  private final KeptLeaves kept;
  private final FileSink sink;
  private final ExecutorService threads;
  private final Deque<Level> levels = new ArrayDeque<>();
  private int blocks;
  private int coming;

  /**
   * @param ahead how many blocks to ask for before they are needed, on the given threads; 0: none,
   *     and on the calling thread
   */
  FileWalk(
      BlockSource source,
      Limits limits,
      int ahead,
      KeptLeaves kept,
      FileSink sink,
      ExecutorService threads) {
    this.source = source;
    this.limits = limits;
    this.ahead = ahead;
    this.kept = kept;
    this.sink = sink;
    this.threads = threads;
  }

  /** The file's length; all its bytes went to the sink. */
  long from(ContentId root) {
    countBlock();
    FilePiece whole = FilePiece.of(load(root));
    if (whole.length() > limits.length()) {
      throw new StoreException.LimitExceeded(
          "file " + root + " has " + whole.length() + " bytes; the limit is " + limits.length());
    }
    sink.begin(whole.length());
    enter(root, whole, 0);
    while (!levels.isEmpty()) {
      Level level = levels.getFirst();
      if (level.isDone()) {
        levels.removeFirst();
      } else {
        askAhead();
        level.next();
      }
    }
    return whole.length();
  }

  /** Gives out what the piece itself holds, and has its children come next. */
  private void enter(ContentId id, FilePiece piece, long offset) {
    long behind = offset + piece.data().remaining();
    if (piece.data().hasRemaining()) {
      sink.accept(piece.data());
    }
    if (piece.children().isEmpty()) {
      return;
    }
    if (levels.size() >= limits.depth()) {
      throw new StoreException.LimitExceeded(
          "the file's tree is deeper than " + limits.depth() + " levels at " + id);
    }
    levels.addFirst(new Level(id, piece, behind));
  }

  private void askAhead() {
    Iterator<Level> deepestFirst = levels.iterator();
    while (deepestFirst.hasNext() && coming <= ahead) {
      Level level = deepestFirst.next();
      while (coming <= ahead && level.canAsk()) {
        level.ask();
      }
    }
  }

  private void countBlock() {
    blocks++;
    if (blocks > limits.blocks()) {
      throw new StoreException.LimitExceeded(
          "the file has more than " + limits.blocks() + " blocks");
    }
  }

  private Block load(ContentId id) {
    return id.isIdentity() ? Block.inline(id) : source.get(id);
  }

  private Future<Block> ask(ContentId id, long offset, long length) {
    Optional<Block> here =
        switch (id.codec()) {
          case RAW -> kept.find(id, offset, length);
          case DAG_PB -> Optional.empty();
        };
    if (here.isPresent()) {
      return CompletableFuture.completedFuture(here.get());
    }
    return ahead == 0
        ? CompletableFuture.completedFuture(load(id))
        : threads.submit(() -> load(id));
  }

  private static Block await(Future<Block> block) {
    try {
      return block.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.SourceUnavailable("the reading was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a source failed unexpectedly", e);
    }
  }

  /** A node whose children are being read. */
  private final class Level {
    private final ContentId id;
    private final FilePiece piece;
    private final Deque<Future<Block>> asked = new ArrayDeque<>();
    private int next;
    private long offset;
    private int nextToAsk;
    private long offsetToAsk;

    Level(ContentId id, FilePiece piece, long offset) {
      this.id = id;
      this.piece = piece;
      this.offset = offset;
      offsetToAsk = offset;
    }

    boolean isDone() {
      return next == piece.children().size();
    }

    /**
     * What is longer than a block is a node whose own children have to come first, so no more than
     * one of them takes a place among those that are asked for ahead.
     */
    boolean canAsk() {
      return nextToAsk < piece.children().size()
          && (asked.isEmpty() || piece.childLengths().get(nextToAsk) <= Block.MAXIMUM_LENGTH);
    }

    void ask() {
      long length = piece.childLengths().get(nextToAsk);
      if (length == 0) {
        throw new StoreException.InvalidFile("block " + id + " links to a piece of zero bytes");
      }
      countBlock();
      ContentId child = piece.children().get(nextToAsk).target();
      asked.addLast(FileWalk.this.ask(child, offsetToAsk, length));
      coming++;
      nextToAsk++;
      offsetToAsk += length;
    }

    void next() {
      ContentId child = piece.children().get(next).target();
      long expected = piece.childLengths().get(next);
      FilePiece part = FilePiece.of(await(asked.removeFirst()));
      coming--;
      if (part.length() != expected) {
        throw new StoreException.InvalidFile(
            "block "
                + child
                + " has "
                + part.length()
                + " bytes of the file, but "
                + id
                + " promises "
                + expected);
      }
      long start = offset;
      next++;
      offset += expected;
      enter(child, part, start);
    }
  }
}
