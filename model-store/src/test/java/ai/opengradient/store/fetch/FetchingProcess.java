package ai.opengradient.store.fetch;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.store.manifest.FileReference;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/** Another process that fetches a file from one gateway, one block at a time. */
final class FetchingProcess {
  private FetchingProcess() {}

  static Process start(String gateway, Path cache, FileReference file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FetchingProcess.class.getName(),
            gateway,
            cache.toString(),
            file.cid().toString(),
            HexFormat.of().formatHex(file.sha256().bytes()),
            Long.toString(file.length()))
        .inheritIO()
        .start();
  }

  public static void main(String[] arguments) {
    FileReference file =
        new FileReference(
            ContentId.parse(arguments[2]),
            Hash.of(HexFormat.of().parseHex(arguments[3])),
            Long.parseLong(arguments[4]));
    Vertx vertx = Vertx.vertx();
    try (HttpCaller http = new HttpCaller(vertx, Duration.ofMinutes(5))) {
      new VerifiedFetch(
              List.of(new SourceAddress.Gateway(URI.create(arguments[0])).open(http)),
              Path.of(arguments[1]),
              TestSettings.oneAtATime(InstantSource.system()))
          .fetch(file, Progress.NONE);
    } finally {
      vertx.close().await();
    }
  }
}
