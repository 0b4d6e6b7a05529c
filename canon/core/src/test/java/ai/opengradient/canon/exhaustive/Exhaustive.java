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
  private static final int SHOWN = 10;
  private static final int BAR = 40;

  private final UnaryFunction function;
  private final Oracle oracle;
  private final AtomicLong wrong = new AtomicLong();

  private Exhaustive(UnaryFunction function, Oracle oracle) {
    this.function = function;
    this.oracle = oracle;
  }

  /** Arguments: the root, the function, the oracle's program or "none", and optionally a slice. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Path root = Path.of(arguments[0]);
    UnaryFunction function = UnaryFunction.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    Exhaustive exhaustive = new Exhaustive(function, new Oracle(Path.of(arguments[2])));
    boolean passed =
        arguments.length > 3
            ? exhaustive.checkSlice(root, new Slice(Integer.decode(arguments[3])))
            : exhaustive.checkAll(root);
    System.exit(passed ? 0 : 1);
  }

  private boolean checkSlice(Path root, Slice slice) throws IOException, InterruptedException {
    byte[] results = slice.results(function);
    String digest = Slice.digest(results);
    Optional<String> committed = Digests.read(Digests.fileOf(root, function)).of(slice);
    System.out.printf("%s, slice %s: SHA-256 %s%n", function.label(), slice, digest);
    System.out.println(
        committed
            .map(known ->
                known.equals(digest)
                    ? "  the digest in the repository"
                    : "  NOT the digest in the repository, " + known)
            .orElse("  the repository has no digest of it"));
    if (Files.isExecutable(oracle.program())) {
      compare(slice, results, oracle.results(function, slice));
      System.out.printf("  MPFR: %,d arguments compared, %d wrong%n", Slice.ARGUMENTS, wrong.get());
    } else {
      System.out.println("  NOT RUN: the comparison with MPFR, which needs gcc and libmpfr-dev");
    }
    return wrong.get() == 0 && committed.filter(digest::equals).isPresent();
  }

  private boolean checkAll(Path root) throws IOException, InterruptedException, ExecutionException {
    Path progress = root.resolve("target/exhaustive").resolve(function.label() + ".txt");
    Digests done = Digests.read(progress);
    long begun = System.nanoTime();
    int before = done.size();
    List<Future<?>> tasks = new ArrayList<>();
    int processors = Runtime.getRuntime().availableProcessors();
    try (ExecutorService executor = Executors.newFixedThreadPool(processors)) {
      for (int number = 0; number < Slice.SLICES / 2; number++) {
        Slice slice = new Slice(number);
        if (done.of(slice).isEmpty() || done.of(slice.mirrored()).isEmpty()) {
          tasks.add(
              executor.submit(() -> {
                checkPair(slice, done);
                show(done.size(), before, begun);
                return null;
              }));
        }
      }
      show(done.size(), before, begun);
      for (Future<?> task : tasks) {
        task.get();
      }
    }
    System.err.println();
    System.out.printf(
        "%s: %,d arguments compared with MPFR, %,d wrong%n",
        function.label(), (long) done.size() * Slice.ARGUMENTS, wrong.get());
    return wrong.get() == 0 && keep(root, done);
  }

  /**
   * A slice and its mirror image. Of odd and even functions the oracle needs to be asked for one of
   * them only.
   */
  private void checkPair(Slice slice, Digests done) throws IOException, InterruptedException {
    byte[] expected = oracle.results(function, slice);
    check(slice, expected, done);
    Slice mirrored = slice.mirrored();
    byte[] mirroredExpected =
        switch (function) {
          case COS -> expected;
          case TANH, ERF, SIN, ATAN, SINH -> negated(expected);
          case EXP, LOG, SIGMOID, SOFTPLUS -> oracle.results(function, mirrored);
        };
    check(mirrored, mirroredExpected, done);
  }

  /** A slice with a wrong result is not recorded, so that the next run compares it again. */
  private void check(Slice slice, byte[] expected, Digests done) throws IOException {
    byte[] results = slice.results(function);
    if (compare(slice, results, expected)) {
      done.add(slice, Slice.digest(results));
    }
  }

  private boolean compare(Slice slice, byte[] results, byte[] expected) {
    ByteBuffer given = ByteBuffer.wrap(results);
    ByteBuffer right = ByteBuffer.wrap(expected);
    boolean same = true;
    for (int offset = 0; offset < Slice.ARGUMENTS; offset++) {
      int result = given.getInt();
      int correct = right.getInt();
      if (result != correct) {
        same = false;
        if (wrong.getAndIncrement() < SHOWN) {
          System.out.printf(
              "%s(%08x) = %08x, by MPFR %08x%n",
              function.label(), slice.first() + offset, result, correct);
        }
      }
    }
    return same;
  }

  /** The results of an odd function for the arguments with the other sign. */
  private static byte[] negated(byte[] results) {
    ByteBuffer negated = ByteBuffer.wrap(results.clone());
    for (int at = 0; at < negated.limit(); at += Integer.BYTES) {
      int bits = negated.getInt(at);
      boolean signed = bits != 0 && (bits & Integer.MAX_VALUE) <= 0x7f800000;
      negated.putInt(at, signed ? bits ^ Integer.MIN_VALUE : bits);
    }
    return negated.array();
  }

  /** The digests become part of the project, or have to be those that are. */
  private boolean keep(Path root, Digests done) throws IOException {
    Path file = Digests.fileOf(root, function);
    if (!Files.exists(file)) {
      done.write(file);
      System.out.println("  digests written to " + root.relativize(file));
      return true;
    }
    boolean same = Digests.read(file).hasSameAs(done);
    System.out.printf(
        "  the digests are %sthose in %s%n", same ? "" : "NOT ", root.relativize(file));
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
