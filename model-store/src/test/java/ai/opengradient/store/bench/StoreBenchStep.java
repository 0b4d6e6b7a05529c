package ai.opengradient.store.bench;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.fetch.FetchReport;
import ai.opengradient.store.fetch.FetchSettings;
import ai.opengradient.store.fetch.SourceAddress;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.store.manifest.FileReference;
import ai.opengradient.store.server.StoreServer;
import ai.opengradient.store.unixfs.ImportedFile;
import ai.opengradient.store.unixfs.UnixFsImporter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of the benchmark, in a process of its own with a small heap. It prints lines of JSON:
 * {@code add FOLDER SEED LENGTH}, {@code serve FOLDER LEAVES CORRUPT-EVERY} until its standard
 * input ends, {@code fetch FOLDER CID SHA256 LENGTH PORT…}.
 */
public final class StoreBenchStep {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PeakHeap heap = PeakHeap.watch();
  private final long begun = System.nanoTime();

  private StoreBenchStep() {}

  public static void main(String[] arguments) throws IOException {
    StoreBenchStep step = new StoreBenchStep();
    List<String> rest = List.of(arguments).subList(1, arguments.length);
    switch (arguments[0]) {
      case "add" -> step.add(rest);
      case "serve" -> step.serve(rest);
      case "fetch" -> step.fetch(rest);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private void add(List<String> arguments) throws IOException {
    BlockStore store = new BlockStore(Path.of(arguments.get(0)));
    ImportedFile file =
        new UnixFsImporter(store)
            .add(
                new RandomStream(
                    Long.parseLong(arguments.get(1)), Long.parseLong(arguments.get(2))));
    Map<String, Object> figures = figures();
    figures.put("cid", file.root().toString());
    figures.put("sha256", HexFormat.of().formatHex(file.sha256().bytes()));
    print(figures);
  }

  private void serve(List<String> arguments) throws IOException {
    Path folder = Path.of(arguments.get(0));
    long half = Long.parseLong(arguments.get(1)) / 2;
    Vertx vertx = Vertx.vertx();
    StoreServer server = StoreServer.start(vertx, folder, StoreServer.Options.USUAL);
    BadGateway[] gateways = new BadGateway[2];
    gateways[0] =
        new BadGateway(vertx, server.store(), Long.parseLong(arguments.get(2)), () -> false);
    gateways[1] =
        new BadGateway(
            vertx, server.store(), 0, () -> gateways[0].answers() + gateways[1].answers() >= half);
    print(
        Map.of(
            "rpc", server.rpc().toString(),
            "ports", List.of(gateways[0].port(), gateways[1].port())));
    System.in.transferTo(OutputStream.nullOutputStream());
    Map<String, Object> figures = figures();
    figures.put("answersOfFirst", gateways[0].answers());
    figures.put("corruptedByFirst", gateways[0].corrupted());
    figures.put("answersOfSecond", gateways[1].answers());
    figures.put("refusedBySecond", gateways[1].refused());
    print(figures);
    server.close();
    vertx.close().await();
  }

  private void fetch(List<String> arguments) {
    FileReference file =
        new FileReference(
            ContentId.parse(arguments.get(1)),
            Hash.of(HexFormat.of().parseHex(arguments.get(2))),
            Long.parseLong(arguments.get(3)));
    Vertx vertx = Vertx.vertx();
    FetchReport[] last = new FetchReport[1];
    try (HttpCaller http = new HttpCaller(vertx, Duration.ofSeconds(30), Duration.ofSeconds(10))) {
      List<BlockSource> sources =
          arguments.subList(4, arguments.size()).stream()
              .map(port -> URI.create("http://127.0.0.1:" + port))
              .map(uri -> new SourceAddress.Gateway(uri).open(http))
              .toList();
      new VerifiedFetch(
              sources,
              Path.of(arguments.get(0)),
              FetchSettings.usual(Long.MAX_VALUE, InstantSource.system()))
          .fetch(file, report -> last[0] = report);
    }
    Map<String, Object> figures = figures();
    figures.put("sources", last[0].sources());
    print(figures);
    vertx.close().await();
  }

  private Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("seconds", (System.nanoTime() - begun) / 1e9);
    figures.put("heapLimitBytes", Runtime.getRuntime().maxMemory());
    figures.put("peakHeapBytes", heap.bytes());
    return figures;
  }

  private static void print(Map<String, Object> figures) {
    try {
      System.out.println(JSON.writeValueAsString(figures));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
