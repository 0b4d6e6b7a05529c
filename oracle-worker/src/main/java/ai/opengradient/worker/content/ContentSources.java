package ai.opengradient.worker.content;

import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.gateway.GatewayClient;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.store.kubo.KuboClient;
import ai.opengradient.worker.config.StoreSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The configured sources of blocks, in the order in which they are asked. */
public final class ContentSources {
  private static final String KUBO_PATH = "/api/v0";

  private ContentSources() {}

  /** The local store, then each address: a Kubo RPC where it ends in {@code /api/v0}, else a trustless gateway. */
  public static List<BlockSource> of(StoreSettings settings, HttpCaller http) {
    List<BlockSource> sources = new ArrayList<>();
    sources.add(new BlockStore(settings.directory()));
    settings.sources().forEach(address -> sources.add(remote(address, http)));
    return sources;
  }

  private static BlockSource remote(URI address, HttpCaller http) {
    String text = address.toString().replaceFirst("/+$", "");
    return text.endsWith(KUBO_PATH)
        ? new KuboClient(http, URI.create(text.substring(0, text.length() - KUBO_PATH.length())))
        : new GatewayClient(http, URI.create(text));
  }
}
