package ai.opengradient.store.manifest;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockSink;
import ai.opengradient.store.unixfs.ImportedFile;
import ai.opengradient.store.unixfs.UnixFsImporter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Puts a model's file and manifest into a store, pinned. The ids are computed here, whatever the
 * store says.
 */
public final class ModelPublisher {
  private final UnixFsImporter importer;

  /**
   * @param sink a block store, or the Kubo RPC of one
   */
  public ModelPublisher(BlockSink sink) {
    importer = new UnixFsImporter(sink);
  }

  /**
   * Publishes a model. The file goes in first, then the manifest that names it.
   *
   * @param file the ONNX file
   * @param describe makes the manifest for the file as it was stored
   * @throws StoreException if the file's name is not plain, the manifest contradicts itself, or the
   *     store fails
   */
  public PublishedModel publish(Path file, Function<ModelFile, Manifest> describe) {
    ImportedFile imported = importer.add(file);
    FileReference reference =
        new FileReference(imported.root(), imported.sha256(), imported.length());
    Manifest manifest = describe.apply(new ModelFile(file.getFileName().toString(), reference));
    byte[] json = manifest.toJson();
    if (json.length > Manifest.MAXIMUM_LENGTH) {
      throw new StoreException.InvalidManifest(
          "the manifest has "
              + json.length
              + " bytes, above "
              + Manifest.MAXIMUM_LENGTH
              + "; refer to large examples instead of writing them in");
    }
    try {
      return new PublishedModel(importer.add(new ByteArrayInputStream(json)).root(), manifest);
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
  }
}
