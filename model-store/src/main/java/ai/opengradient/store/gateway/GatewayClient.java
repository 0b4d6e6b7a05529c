package ai.opengradient.store.gateway;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSink;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.http.Answer;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.store.unixfs.Limits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/**
 * Reads blocks from a trustless gateway, ours or anyone's.
 *
 * <p>Source: the trustless gateway specification (specs.ipfs.tech).
 */
public final class GatewayClient implements BlockSource {
  static final String RAW_BLOCK = "application/vnd.ipld.raw";
  static final String ARCHIVE = "application/vnd.ipld.car";

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

  /**
   * Fetches a whole tree in one answer, an archive, block by block.
   *
   * @param sink where the blocks go as they come, parents first; what came before a failure is
   *     sound and stays
   * @param limits of the blocks' bytes and their number
   * @return bytes of all blocks together
   * @throws StoreException.MissingBlock if the gateway does not have the tree, or leaves a block
   *     out
   * @throws StoreException.InvalidArchive if it sends something else than the tree
   * @throws StoreException.CorruptBlock if a block is not what its id says
   * @throws StoreException.LimitExceeded if the tree is above the limits
   * @throws StoreException.SourceUnavailable if the gateway stalls or breaks off
   */
  public long getTree(ContentId root, BlockSink sink, Limits limits) {
    URI address = URI.create(gateway + "/ipfs/" + root + "?format=car");
    try (InputStream archive = new BufferedInputStream(http.stream(address, ARCHIVE))) {
      return new TreeDownload(sink, limits, name()).take(root, archive);
    } catch (IOException e) {
      throw new StoreException.SourceUnavailable(name() + " broke off: " + e.getMessage(), e);
    }
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
