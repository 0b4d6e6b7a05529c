package ai.opengradient.store.gateway;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.http.Answer;
import ai.opengradient.store.http.HttpCaller;
import java.net.URI;

/**
 * Reads blocks from a trustless gateway, ours or anyone's.
 *
 * <p>Source: the trustless gateway specification (specs.ipfs.tech).
 */
public final class GatewayClient implements BlockSource {
  static final String RAW_BLOCK = "application/vnd.ipld.raw";

  private final HttpCaller http;
  private final URI gateway;

  /**
   * @param gateway the address before {@code /ipfs/}, without a slash at its end
   */
  public GatewayClient(HttpCaller http, URI gateway) {
    this.http = http;
    this.gateway = gateway;
  }

  @Override
  public String name() {
    return "gateway " + gateway;
  }

  @Override
  public Block get(ContentId id) {
    Answer answer =
        http.get(
            URI.create(gateway + "/ipfs/" + id + "?format=raw"), RAW_BLOCK, Block.MAXIMUM_LENGTH);
    return switch (answer.status()) {
      case 200 -> verified(id, answer);
      case 404, 410 -> throw new StoreException.MissingBlock(name() + " does not have block " + id);
      default -> throw answer.refusal(name(), "block " + id);
    };
  }

  private Block verified(ContentId id, Answer answer) {
    try {
      return Block.verify(id, answer.body(), name());
    } catch (StoreException.CorruptBlock e) {
      if (answer.isWebPage()) {
        throw new StoreException.SourceUnavailable(
            name() + " answered with a web page for block " + id, e);
      }
      throw e;
    }
  }
}
