package ai.opengradient.worker.cli;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.store.manifest.Signature;
import ai.opengradient.worker.chain.ModelVersion;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a version's inputs and outputs are called. The registry keeps types only: the names are the
 * manifest's. Where no source has the manifest, the positions, counted from 0, serve as names.
 */
record InputNames(List<String> inputs, List<String> outputs) {
  /**
   * From the manifest; positions if it is not the version's.
   *
   * @throws StoreException if it can't be had
   */
  static InputNames of(ContentAccess content, ContentId manifest, ModelVersion version) {
    ModelVersion.Binding types = version.bindings().getFirst();
    Signature signature = content.fetch().manifest(manifest).bindings().getFirst();
    if (signature.inputs().size() == types.inputs().size()
        && signature.outputs().size() == types.outputs().size()) {
      return new InputNames(
          signature.inputs().stream().map(NamedTensor::name).toList(),
          signature.outputs().stream().map(NamedTensor::name).toList());
    }
    return positions(types);
  }

  /** From the manifest if it can be had; positions otherwise, which are as good. */
  static InputNames atBest(ContentAccess content, ContentId manifest, ModelVersion version) {
    try {
      return of(content, manifest, version);
    } catch (StoreException unavailable) {
      return positions(version.bindings().getFirst());
    }
  }

  private static InputNames positions(ModelVersion.Binding types) {
    return new InputNames(positions(types.inputs().size()), positions(types.outputs().size()));
  }

  /** The names of so many tensors without a manifest. */
  static List<String> positions(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }
}
