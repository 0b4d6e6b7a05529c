package ai.opengradient.canon.exhaustive;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The digests of a function's slices in a file: one line a slice, its number and the digest, both
 * hexadecimal. Every addition is in the file when the call returns, so that a run can be resumed.
 */
public final class Digests {
  private final Path file;
  private final Map<Integer, String> bySlice = new TreeMap<>();

  private Digests(Path file) {
    this.file = file;
  }

  /** What the file holds; nothing if there is none. */
  public static Digests read(Path file) throws IOException {
    Digests digests = new Digests(file);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.split(" ", 2);
        digests.bySlice.put(Integer.parseInt(fields[0], 16), fields[1]);
      }
    }
    return digests;
  }

  /** Where the project keeps a function's digests. */
  public static Path fileOf(Path root, UnaryFunction function) {
    return root.resolve("canon/exhaustive").resolve(function.label() + ".txt");
  }

  synchronized boolean hasSameAs(Digests other) {
    return bySlice.equals(other.bySlice);
  }

  public synchronized Optional<String> of(Slice slice) {
    return Optional.ofNullable(bySlice.get(slice.number()));
  }

  synchronized int size() {
    return bySlice.size();
  }

  synchronized void add(Slice slice, String digest) throws IOException {
    bySlice.put(slice.number(), digest);
    List<String> lines =
        bySlice.entrySet().stream()
            .map(entry -> new Slice(entry.getKey()) + " " + entry.getValue())
            .toList();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, lines);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes the file another one, over whatever was there. */
  synchronized void moveTo(Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
  }

  synchronized void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
