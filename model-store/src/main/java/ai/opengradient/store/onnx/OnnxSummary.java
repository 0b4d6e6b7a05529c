package ai.opengradient.store.onnx;

import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.store.manifest.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an ONNX file says of itself.
 *
 * @param irVersion the version of the file's format
 * @param opsets by domain ({@code ai.onnx} for the empty one) the version of the operators' meaning
 * @param producer the name and version of the program that wrote the file, possibly empty
 * @param inputs what a caller must give, initialisers not counted, in the file's order
 * @param outputs what comes out, in the file's order
 * @param operators how many nodes there are of each operator, subgraphs and functions included
 * @param parameters the number of elements in all initialisers
 * @param dataFiles the files beside it that hold data of constants, by name
 * @param metadata the file's own properties
 */
public record OnnxSummary(
    long irVersion,
    Map<String, Long> opsets,
    String producer,
    List<TensorSignature> inputs,
    List<TensorSignature> outputs,
    Map<String, Integer> operators,
    long parameters,
    List<DataFile> dataFiles,
    Map<String, String> metadata) {
  public OnnxSummary {
    opsets = Collections.unmodifiableMap(new TreeMap<>(opsets));
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    dataFiles = List.copyOf(dataFiles);
    operators = Collections.unmodifiableMap(new TreeMap<>(operators));
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /**
   * The names of the dimensions that a binding must give, in the order of their first appearance.
   */
  public List<String> openDimensions() {
    return openDimensions(tensors());
  }

  private List<TensorSignature> tensors() {
    return Stream.concat(inputs.stream(), outputs.stream()).toList();
  }

  private static List<String> openDimensions(List<TensorSignature> tensors) {
    SequencedSet<String> names = new LinkedHashSet<>();
    for (TensorSignature tensor : tensors) {
      for (Dimension dimension : tensor.shape()) {
        if (dimension instanceof Dimension.Symbolic symbolic) {
          names.add(symbolic.name());
        }
      }
    }
    return List.copyOf(names);
  }

  /**
   * The signature with these sizes for the open dimensions. Names that the file does not have are
   * ignored. An output with a size of 0 has no elements and is no part of an answer.
   *
   * @throws StoreException.UnboundDimensions if one has no size
   * @throws ai.opengradient.canon.tensor.TensorException.InvalidType if a size is below 1 or a
   *     tensor gets too large
   */
  public Signature bind(Map<String, Integer> sizes) {
    requireSizes(tensors(), sizes);
    return new Signature(bind(inputs, sizes), bind(withElements(outputs, sizes), sizes));
  }

  /**
   * The inputs with these sizes for their open dimensions. Outputs' may stay open: they follow.
   *
   * @throws StoreException.UnboundDimensions if one has no size
   * @throws ai.opengradient.canon.tensor.TensorException.InvalidType if a size is below 1 or a
   *     tensor gets too large
   */
  public List<NamedTensor> bindInputs(Map<String, Integer> sizes) {
    requireSizes(inputs, sizes);
    return bind(inputs, sizes);
  }

  /**
   * Throws unless all open dimensions of these tensors have a size.
   *
   * @throws StoreException.UnboundDimensions naming those that have none
   */
  public static void requireSizes(List<TensorSignature> tensors, Map<String, Integer> sizes) {
    List<String> missing =
        openDimensions(tensors).stream().filter(name -> !sizes.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new StoreException.UnboundDimensions(
          "the model leaves the dimensions " + missing + " open; give each a size", missing);
    }
  }

  private static List<TensorSignature> withElements(
      List<TensorSignature> tensors, Map<String, Integer> sizes) {
    return tensors.stream()
        .filter(
            tensor -> tensor.shape().stream().noneMatch(dimension -> dimension.size(sizes) == 0))
        .toList();
  }

  private static List<NamedTensor> bind(List<TensorSignature> tensors, Map<String, Integer> sizes) {
    List<NamedTensor> bound = new ArrayList<>(tensors.size());
    for (TensorSignature tensor : tensors) {
      List<Integer> shape = new ArrayList<>(tensor.shape().size());
      for (Dimension dimension : tensor.shape()) {
        shape.add(dimension.size(sizes));
      }
      bound.add(new NamedTensor(tensor.name(), new TensorType(tensor.dataType(), shape)));
    }
    return bound;
  }
}
