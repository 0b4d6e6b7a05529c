package ai.opengradient.store.onnx;

/**
 * A file beside the ONNX file that holds data of its constants.
 *
 * @param name a plain file name
 * @param used bytes of all constants in it together
 * @param end behind the last of these bytes
 */
public record DataFile(String name, long used, long end) {
  /** The same file with one more constant in it. */
  DataFile with(ExternalRange range) {
    return new DataFile(name, Math.addExact(used, range.length()), Math.max(end, range.end()));
  }
}
