package ai.opengradient.canon.exhaustive;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares a function with MPFR on all 2^32 arguments, 256 slices one by one, and keeps a digest of
 * each slice's results; or checks one slice again. Run by {@code scripts/exhaustive}, which
 * describes the arguments.
 */
public final class Exhaustive {
  /** Results, right results and their negatives, and what the JDK copies on the way. */
  private static final long BYTES_OF_THREAD = 5L * Slice.ARGUMENTS * Integer.BYTES;

  private static final int BAR = 40;

  private final Path root;
  private final UnaryFunction function;
  private final Oracle oracle;
  private final AtomicLong compared = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();

  Exhaustive(Path root, UnaryFunction function, Oracle oracle) {
    this.root = root;
    this.function = function;
    this.oracle = oracle;
  }

  /** Arguments: the root, the function, the oracle's program, and optionally a slice. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    UnaryFunction function = UnaryFunction.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    Exhaustive exhaustive =
        new Exhaustive(Path.of(arguments[0]), function, new Oracle(Path.of(arguments[2])));
    boolean passed =
        arguments.length > 3
            ? exhaustive.checkSlice(new Slice(Integer.decode(arguments[3])))
            : exhaustive.checkAll();
    System.exit(passed ? 0 : 1);
  }

  boolean checkSlice(Slice slice) throws IOException, InterruptedException {
    byte[] results = slice.results(function);
    String digest = Slice.digest(results);
    Optional<String> kept = Digests.read(Digests.fileOf(root, function)).of(slice);
    System.out.printf("%s, slice %s: SHA-256 %s%n", function.label(), slice, digest);
    System.out.println(
        kept.map(known ->
                known.equals(digest)
                    ? "  the digest in the repository"
                    : "  NOT the digest in the repository, " + known)
            .orElse("  the repository has no digest of it"));
    if (Files.isExecutable(oracle.program())) {
      compare(slice, results, oracle.results(function, slice));
      System.out.printf("  MPFR: %,d arguments compared, %,d wrong%n", compared.get(), wrong.get());
    } else {
      System.out.println("  NOT RUN: the comparison with MPFR, which needs gcc and libmpfr-dev");
    }
    boolean isKnown = kept.filter(digest::equals).isPresent();
    boolean isNew = kept.isEmpty() && compared.get() > 0;
    return wrong.get() == 0 && (isKnown || isNew);
  }

  private boolean checkAll() throws IOException, InterruptedException, ExecutionException {
    // What was compared under other code says nothing about this code.
    Path progress =
        root.resolve("target/exhaustive")
            .resolve(function.label() + "." + CodeDigest.of(root) + ".txt");
    Digests done = Digests.read(progress);
    int before = done.size();
    compareAll(done, before);
    System.out.printf(
        "%s: %,d arguments compared with MPFR, %,d wrong",
        function.label(), compared.get(), wrong.get());
    System.out.println(
        before == 0 ? "" : "; " + before + " of " + Slice.SLICES + " slices were compared before");
    return wrong.get() == 0 && keep(done);
  }

  private void compareAll(Digests done, int before)
      throws InterruptedException, ExecutionException {
    long begun = System.nanoTime();
    long room = Math.max(1, Runtime.getRuntime().maxMemory() / BYTES_OF_THREAD);
    int threads = (int) Math.min(Runtime.getRuntime().availableProcessors(), room);
    List<Future<?>> tasks = new ArrayList<>();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (int number = 0; number < Slice.SLICES / 2; number++) {
        Slice slice = new Slice(number);
        if (done.of(slice).isEmpty() || done.of(slice.mirrored()).isEmpty()) {
          tasks.add(
              executor.submit(() -> {
                comparePair(slice, done);
                show(done.size(), before, begun);
                return null;
              }));
        }
      }
      show(done.size(), before, begun);
      for (Future<?> task : tasks) {
        task.get();
      }
    } finally {
      executor.shutdownNow();
      System.err.println();
    }
  }

  /**
   * A slice and its mirror image. Of odd and even functions the oracle needs to be asked for one of
   * them only.
   */
  private void comparePair(Slice slice, Digests done) throws IOException, InterruptedException {
    byte[] right = oracle.results(function, slice);
    compareAndKeep(slice, right, done);
    Slice mirrored = slice.mirrored();
    byte[] mirroredRight =
        switch (function) {
          case COS -> right;
          case TANH, ERF, SIN, ATAN, SINH -> Comparison.negated(right);
          case EXP, LOG, SIGMOID, SOFTPLUS -> oracle.results(function, mirrored);
        };
    compareAndKeep(mirrored, mirroredRight, done);
  }

  /** A slice with a wrong result is not kept, so that the next run compares it again. */
  private void compareAndKeep(Slice slice, byte[] right, Digests done) throws IOException {
    byte[] results = slice.results(function);
    if (compare(slice, results, right)) {
      done.add(slice, Slice.digest(results));
    }
  }

  private boolean compare(Slice slice, byte[] results, byte[] right) {
    Comparison comparison = Comparison.of(results, right);
    compared.addAndGet(Slice.ARGUMENTS);
    wrong.addAndGet(comparison.wrong());
    for (int place : comparison.first()) {
      System.out.printf(
          "%s(%08x) = %08x, by MPFR %08x%n",
          function.label(),
          slice.first() + place,
          ByteBuffer.wrap(results).getInt(place * Integer.BYTES),
          ByteBuffer.wrap(right).getInt(place * Integer.BYTES));
    }
    return comparison.wrong() == 0;
  }

  /** The digests become part of the project, or have to be those that are. */
  private boolean keep(Digests done) throws IOException {
    Path file = Digests.fileOf(root, function);
    if (!Files.exists(file)) {
      done.moveTo(file);
      System.out.println("  digests written to " + root.relativize(file));
      return true;
    }
    boolean same = Digests.read(file).hasSameAs(done);
    System.out.printf(
        "  the digests are %sthose in %s%n", same ? "" : "NOT ", root.relativize(file));
    done.delete();
    return same;
  }

  private synchronized void show(int done, int before, long begun) {
    int filled = done * BAR / Slice.SLICES;
    long elapsed = (System.nanoTime() - begun) / 1_000_000_000;
    String left =
        done == before
            ? ""
            : ", about %d min left"
                .formatted(elapsed * (Slice.SLICES - done) / (done - before) / 60);
    System.err.printf(
        "\r  %s [%s%s] %d of %d slices, %d wrong%s   ",
        function.label(),
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        done,
        Slice.SLICES,
        wrong.get(),
        left);
  }
}
