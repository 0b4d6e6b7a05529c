package ai.opengradient.store.kubo;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSink;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.http.Answer;
import ai.opengradient.store.http.HttpCaller;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientMultipartForm;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Calls the RPC of a Kubo, ours or anyone's: blocks in and out, files in, pins.
 *
 * <p>Source: Kubo's RPC reference (docs.ipfs.tech). Every call is a POST; a failed command is a
 * status 500 with a message.
 */
public final class KuboClient implements BlockSource, BlockSink {
  private static final String BYTES = "application/octet-stream";
  private static final int MAXIMUM_REPLY = 1 << 20;

  private final HttpCaller http;
  private final URI rpc;

  /**
   * @param rpc the address before {@code /api/v0}, without a slash at its end
   */
  public KuboClient(HttpCaller http, URI rpc) {
    this.http = http;
    this.rpc = rpc;
  }

  @Override
  public String name() {
    return "Kubo RPC " + rpc;
  }

  @Override
  public Block get(ContentId id) {
    Answer answer = http.post(command("block/get?arg=" + id), Block.MAXIMUM_LENGTH);
    if (answer.status() == 200) {
      return Block.verify(id, answer.body(), name());
    }
    String message = message(answer).toLowerCase(Locale.ROOT);
    if (message.contains("not found")
        || message.contains("could not find")
        || message.contains("does not have")) {
      throw new StoreException.MissingBlock(name() + " does not have block " + id);
    }
    throw answer.status() == 500 ? refused(answer) : answer.refusal(name(), "block " + id);
  }

  /**
   * Sends a block.
   *
   * @throws StoreException.SourceUnavailable if it is refused, or kept under another id
   */
  @Override
  public void put(Block block) {
    ClientMultipartForm form =
        ClientMultipartForm.multipartForm()
            .binaryFileUpload("data", "block", BYTES, Buffer.buffer(block.toByteArray()));
    // The older names of options are all that js-ipfs knows.
    String codec = block.id().codec().label();
    String options =
        "block/put?cid-codec=" + codec + "&format=" + codec + "&version=1&mhtype=sha2-256";
    ContentId kept = id(json(http.post(command(options), form, MAXIMUM_REPLY)).getString("Key"));
    if (!kept.asVersion1().equals(block.id().asVersion1())) {
      throw new StoreException.SourceUnavailable(
          name() + " keeps block " + block.id() + " as " + kept);
    }
  }

  /**
   * Sends a file for the server to cut into blocks by the profile {@code unixfs-v1-2025}, and pins
   * it.
   *
   * @return the root that the server states; it proves nothing
   * @throws StoreException.SourceUnavailable if it is refused
   */
  public ContentId add(Path file) {
    ClientMultipartForm form =
        ClientMultipartForm.multipartForm()
            .binaryFileUpload("file", "file", BYTES, file.toString());
    String options =
        "add?cid-version=1&raw-leaves=true&chunker=size-1048576&max-file-links=1024&quieter=true";
    return id(json(http.post(command(options), form, MAXIMUM_REPLY)).getString("Hash"));
  }

  @Override
  public void pin(ContentId root) {
    json(http.post(command("pin/add?arg=" + root), MAXIMUM_REPLY));
  }

  /** Takes a pin away. */
  public void unpin(ContentId root) {
    json(http.post(command("pin/rm?arg=" + root), MAXIMUM_REPLY));
  }

  /**
   * Has the server take out what is not pinned.
   *
   * @throws StoreException.SourceUnavailable if it is refused, or the list of what was taken out is
   *     too long for one answer
   */
  public void collectGarbage() {
    Answer answer = http.post(command("repo/gc?quiet=true"), MAXIMUM_REPLY);
    if (answer.status() != 200) {
      throw refused(answer);
    }
  }

  /** The pinned roots. */
  public List<ContentId> pins() {
    JsonObject keys =
        json(http.post(command("pin/ls?type=recursive"), MAXIMUM_REPLY)).getJsonObject("Keys");
    return keys == null ? List.of() : keys.fieldNames().stream().sorted().map(this::id).toList();
  }

  private URI command(String command) {
    return URI.create(rpc + "/api/v0/" + command);
  }

  private JsonObject json(Answer answer) {
    if (answer.status() != 200) {
      throw refused(answer);
    }
    return object(answer);
  }

  private JsonObject object(Answer answer) {
    try {
      return new JsonObject(answer.text());
    } catch (DecodeException | ClassCastException e) {
      throw new StoreException.SourceUnavailable(
          name() + " answered with something other than JSON", e);
    }
  }

  private ContentId id(@Nullable String text) {
    if (text == null) {
      throw new StoreException.SourceUnavailable(name() + " answered without a content id");
    }
    return ContentId.parse(text);
  }

  private StoreException.SourceUnavailable refused(Answer answer) {
    return new StoreException.SourceUnavailable(
        name() + " answered with status " + answer.status() + ": " + message(answer));
  }

  private String message(Answer answer) {
    try {
      return object(answer).getString("Message", answer.text());
    } catch (StoreException.SourceUnavailable e) {
      return answer.text();
    }
  }
}
