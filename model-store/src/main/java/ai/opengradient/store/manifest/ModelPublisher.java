package ai.opengradient.store.manifest;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockSink;
import ai.opengradient.store.unixfs.ImportedFile;
import ai.opengradient.store.unixfs.UnixFsImporter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
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
   * Publishes a model of one file.
   *
   * @param file the ONNX file
   * @param describe makes the manifest for the file as it was stored
   * @throws StoreException if the file's name is not plain, the manifest contradicts itself, or the
   *     store fails
   */
  public PublishedModel publish(Path file, Function<ModelFile, Manifest> describe) {
    return publish(file, List.of(), (stored, data) -> describe.apply(stored));
  }

  /**
   * Publishes a model. The files go in first, then the manifest that names them.
   *
   * @param file the ONNX file
   * @param data files beside it with data of its constants, in the order of their names
   * @param describe makes the manifest for the files as they were stored
   * @throws StoreException if a file's name is not plain, the manifest contradicts itself, or the
   *     store fails
   */
  public PublishedModel publish(
      Path file, List<Path> data, BiFunction<ModelFile, List<ModelFile>, Manifest> describe) {
    ModelFile stored = stored(file);
    Manifest manifest = describe.apply(stored, data.stream().map(this::stored).toList());
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

  private ModelFile stored(Path file) {
    ImportedFile imported = importer.add(file);
    return new ModelFile(
        file.getFileName().toString(),
        new FileReference(imported.root(), imported.sha256(), imported.length()));
  }
}
