package ai.opengradient.store.manifest;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.StoreException;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a model's version is. Its canonical JSON form is a file in the store, whose content id the
 * registry keeps.
 *
 * @param format {@link #FORMAT}
 * @param name what people call the model, 1 to 64 bytes
 * @param file the ONNX file
 * @param data files beside it that hold data of its constants, by name; often none, and then the
 *     JSON form does not speak of them
 * @param bindings the signature under each binding of the dynamic dimensions, 1 to 16; names and
 *     element types agree
 * @param bands one per output
 * @param domains one per input
 * @param licence SPDX identifier, 1 to 64 bytes
 * @param examples inputs with their expected outputs, possibly none
 */
public record Manifest(
    int format,
    String name,
    ModelFile file,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<ModelFile> data,
    List<Signature> bindings,
    List<Band> bands,
    List<Domain> domains,
    String licence,
    List<Example> examples) {
  /** The only format there is so far. */
  public static final int FORMAT = 1;

  /** The longest JSON form that is read. */
  public static final int MAXIMUM_LENGTH = 1 << 20;

  /** The most files beside the ONNX file. */
  public static final int MAXIMUM_DATA_FILES = 1024;

  private static final int MAXIMUM_BINDINGS = 16;
  private static final int MAXIMUM_TEXT_LENGTH = 64;

  /**
   * @throws StoreException.InvalidManifest if the parts are out of range or contradict each other
   */
  public Manifest {
    data = List.copyOf(data);
    bindings = List.copyOf(bindings);
    bands = List.copyOf(bands);
    domains = List.copyOf(domains);
    examples = List.copyOf(examples);
    require(
        format == FORMAT,
        "manifest format " + format + " is not known; this version reads " + FORMAT);
    requireText("name", name);
    requireDataFiles(file, data);
    requireText("licence", licence);
    require(
        !bindings.isEmpty() && bindings.size() <= MAXIMUM_BINDINGS,
        "a manifest has 1 to " + MAXIMUM_BINDINGS + " bindings, not " + bindings.size());
    Signature first = bindings.getFirst();
    for (Signature binding : bindings) {
      require(
          sameButShapes(first.inputs(), binding.inputs())
              && sameButShapes(first.outputs(), binding.outputs()),
          "bindings differ in more than shapes");
    }
    require(
        bands.size() == first.outputs().size(),
        "there are " + bands.size() + " bands for " + first.outputs().size() + " outputs");
    require(
        domains.size() == first.inputs().size(),
        "there are " + domains.size() + " domains for " + first.inputs().size() + " inputs");
    for (int index = 0; index < bands.size(); index++) {
      require(
          bands.get(index).isExact() || isFloat(first.outputs().get(index)),
          "output '"
              + first.outputs().get(index).name()
              + "' is not float32, so its band must be exact");
    }
    for (int index = 0; index < domains.size(); index++) {
      require(
          !domains.get(index).isStated() || isFloat(first.inputs().get(index)),
          "input '"
              + first.inputs().get(index).name()
              + "' is not float32, so it can't have a domain");
    }
    for (Example example : examples) {
      require(
          example.binding() >= 0 && example.binding() < bindings.size(),
          "an example is for binding " + example.binding() + " of " + bindings.size());
      Signature binding = bindings.get(example.binding());
      requireLengths("inputs", binding.inputs(), example.inputs());
      requireLengths("outputs", binding.outputs(), example.outputs());
    }
  }

  /** A model of one file. */
  public Manifest(
      int format,
      String name,
      ModelFile file,
      List<Signature> bindings,
      List<Band> bands,
      List<Domain> domains,
      String licence,
      List<Example> examples) {
    this(format, name, file, List.of(), bindings, bands, domains, licence, examples);
  }

  /** The canonical JSON form: keys sorted, no white space, UTF-8. */
  public byte[] toJson() {
    return ManifestJson.write(this);
  }

  /**
   * Reads the canonical form, and nothing else: any other bytes that might mean the same are
   * refused.
   *
   * @throws StoreException.InvalidManifest if the bytes are not a manifest's canonical form
   */
  public static Manifest parse(byte[] json) {
    return ManifestJson.read(json);
  }

  /**
   * By name and each once, so that there is one way to list them, and none takes another's place.
   */
  private static void requireDataFiles(ModelFile file, List<ModelFile> data) {
    require(
        data.size() <= MAXIMUM_DATA_FILES,
        "a model has at most " + MAXIMUM_DATA_FILES + " files with data, not " + data.size());
    for (int index = 0; index < data.size(); index++) {
      String name = data.get(index).name();
      require(
          !name.equals(file.name())
              && (index == 0 || data.get(index - 1).name().compareTo(name) < 0),
          "the files with data are not in the order of their names, or '"
              + name
              + "' is two files");
    }
  }

  private static boolean sameButShapes(List<NamedTensor> left, List<NamedTensor> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int index = 0; index < left.size(); index++) {
      NamedTensor one = left.get(index);
      NamedTensor other = right.get(index);
      if (!one.name().equals(other.name()) || one.type().dataType() != other.type().dataType()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFloat(NamedTensor tensor) {
    return tensor.type().dataType() == DataType.FLOAT32;
  }

  private static void requireLengths(
      String what, List<NamedTensor> tensors, List<ExampleTensor> data) {
    require(
        tensors.size() == data.size(),
        "an example has " + data.size() + " " + what + ", its binding " + tensors.size());
    for (int index = 0; index < tensors.size(); index++) {
      NamedTensor tensor = tensors.get(index);
      require(
          tensor.type().byteLength() == data.get(index).length(),
          "an example's '"
              + tensor.name()
              + "' has "
              + data.get(index).length()
              + " bytes; "
              + tensor.type()
              + " takes "
              + tensor.type().byteLength());
    }
  }

  private static void requireText(String what, String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    require(
        length >= 1 && length <= MAXIMUM_TEXT_LENGTH,
        "the " + what + " has 1 to " + MAXIMUM_TEXT_LENGTH + " bytes of UTF-8, not " + length);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new StoreException.InvalidManifest(message);
    }
  }
}
