package ai.opengradient.store.bench;

import ai.opengradient.store.content.Sha256;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Adds a file of seeded bytes to a store, fetches it through two gateways of which one corrupts
 * answers and the other dies half-way, and reads it by the Kubo RPC; each side in a process with a
 * small heap. Prints what it took as a line of JSON.
 *
 * <p>Arguments: the file's length in MiB, the heap of each process in MiB, the seed. Exits with 1
 * if something did not come out as it must.
 */
public final class StoreBench {
  private static final int CORRUPT_EVERY = 10;
  private static final int BUFFER = 1 << 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long length;
  private final String heap;
  private final String seed;
  private final Path folder;
  private final List<String> wrong = new ArrayList<>();

  private StoreBench(String[] arguments, Path folder) {
    length = Long.parseLong(arguments[0]) << 20;
    heap = "-Xmx" + arguments[1] + "m";
    seed = arguments[2];
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("opg-store-bench-");
    boolean right;
    try {
      StoreBench bench = new StoreBench(arguments, folder);
      System.out.println(JSON.writeValueAsString(bench.run()));
      right = bench.wrong.isEmpty();
    } finally {
      delete(folder);
    }
    if (!right) {
      System.exit(1);
    }
  }

  private ObjectNode run() throws IOException, InterruptedException {
    Path store = folder.resolve("store");
    JsonNode added = last(start("add", store.toString(), seed, Long.toString(length)));
    String cid = added.get("cid").textValue();
    String sha256 = added.get("sha256").textValue();
    Process serving =
        start(
            "serve",
            store.toString(),
            Long.toString(Math.ceilDiv(length, 1 << 20)),
            Integer.toString(CORRUPT_EVERY));
    ObjectNode figures = JSON.createObjectNode().put("bytes", length);
    figures.set("add", step(added));
    try (BufferedReader served = serving.inputReader()) {
      JsonNode address = JSON.readTree(served.readLine());
      Path cache = folder.resolve("fetched");
      JsonNode fetched =
          last(
              start(
                  "fetch",
                  cache.toString(),
                  cid,
                  sha256,
                  Long.toString(length),
                  address.get("ports").get(0).asText(),
                  address.get("ports").get(1).asText()));
      figures.set("fetch", step(fetched));
      figures.set("cat", cat(address.get("rpc").textValue(), cid, sha256));
      serving.outputWriter().close();
      JsonNode injected = JSON.readTree(served.readLine());
      figures.set("serve", injected);
      check(cache.resolve(sha256), sha256, fetched, injected);
    } finally {
      serving.destroy();
    }
    figures.put("heapLimitBytes", added.get("heapLimitBytes").longValue());
    ArrayNode reasons = figures.putArray("wrong");
    wrong.forEach(reasons::add);
    return figures;
  }

  private ObjectNode step(JsonNode measured) {
    ObjectNode step = measured.deepCopy();
    step.remove("heapLimitBytes");
    step.put("megabytesPerSecond", length / 1e6 / measured.get("seconds").doubleValue());
    return step;
  }

  private ObjectNode cat(String rpc, String cid, String sha256)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(rpc + "/api/v0/cat?arg=" + cid))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient client = HttpClient.newHttpClient();
        InputStream body = client.send(request, BodyHandlers.ofInputStream()).body()) {
      require(sha256(body).equals(sha256), "cat gave another file");
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return JSON.createObjectNode()
        .put("seconds", seconds)
        .put("megabytesPerSecond", length / 1e6 / seconds);
  }

  private void check(Path file, String sha256, JsonNode fetched, JsonNode injected)
      throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      require(sha256(content).equals(sha256), "the file that was fetched is another one");
    }
    JsonNode first = fetched.get("sources").get(0);
    JsonNode second = fetched.get("sources").get(1);
    long corrupted = injected.get("corruptedByFirst").longValue();
    require(corrupted > 0, "nothing was corrupted");
    require(first.get("lies").longValue() == corrupted, "not every corrupted block was noticed");
    require(injected.get("refusedBySecond").longValue() > 0, "the second gateway did not die");
    require(second.get("outages").longValue() > 0, "nobody noticed that the second gateway died");
    require(second.get("blocks").longValue() > 0, "the second gateway gave nothing before");
  }

  private void require(boolean right, String otherwise) {
    if (!right) {
      wrong.add(otherwise);
    }
  }

  private static String sha256(InputStream content) throws IOException {
    MessageDigest sha256 = Sha256.start();
    byte[] buffer = new byte[BUFFER];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      sha256.update(buffer, 0, count);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(heap);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(StoreBenchStep.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The last line of a process that has to end well. */
  private static JsonNode last(Process process) throws IOException, InterruptedException {
    String line = "";
    try (BufferedReader output = process.inputReader()) {
      for (String next = output.readLine(); next != null; next = output.readLine()) {
        line = next;
      }
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException("a step of the benchmark ended with " + status);
    }
    return JSON.readTree(line);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
