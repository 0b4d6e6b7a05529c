package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Caps;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.graph.GraphReader;
import ai.opengradient.store.graph.GraphTensor;
import ai.opengradient.store.graph.OnnxModel;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.store.onnx.Dimension;
import ai.opengradient.store.onnx.OnnxFile;
import ai.opengradient.store.onnx.OnnxSummary;
import ai.opengradient.store.onnx.TensorSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes of an ONNX file a program of the canon. The same file and binding give the same program on
 * every machine, and so do files that differ in names or in the order in which they list things.
 */
public final class Lowering {
  /**
   * The version of the lowering. One that gives other programs for some files has another number;
   * what is registered stays as it is.
   */
  public static final int VERSION = 1;

  private static final int OLDEST_OPSET = 1;
  private static final int NEWEST_OPSET = 27;

  private final OnnxModel model;
  private final Binding binding;
  private final ProgramBuilder program;
  private final GraphWalk walk;
  private final Scope scope;
  private final List<NamedTensor> inputs = new ArrayList<>();

  private Lowering(OnnxModel model, Binding binding, long fileLength) {
    this.model = model;
    this.binding = binding;
    program = new ProgramBuilder(new ConstantArithmetic(fileLength));
    walk = new GraphWalk(program, (int) model.opset());
    scope = new Scope(model.graph(), Optional.empty());
  }

  /**
   * The lowered model.
   *
   * @param file not to be changed afterwards
   * @throws StoreException.InvalidOnnx if the file is not ONNX or contradicts itself
   * @throws StoreException.UnsupportedOnnx if the file asks for what is refused; the message names
   *     the node
   * @throws StoreException.NothingToCompute if no output has elements
   * @throws StoreException.UnboundDimensions if the binding leaves dimensions open
   * @throws StoreException.UnboundInputs if something that must be fixed depends on inputs
   */
  public static LoweredModel lower(byte[] file, Binding binding) {
    return lower(OnnxFile.of(file), binding);
  }

  /** The same of a file that may have data in others. Where they are makes no difference. */
  public static LoweredModel lower(OnnxFile file, Binding binding) {
    OnnxModel model = GraphReader.read(file);
    if (model.opset() == 0) {
      throw new StoreException.UnsupportedOnnx(
          "the model uses operators of other domains only; export it with ONNX's own");
    }
    if (model.opset() < OLDEST_OPSET || model.opset() > NEWEST_OPSET) {
      throw new StoreException.UnsupportedOnnx(
          "the model's operators are those of version "
              + model.opset()
              + "; convert it to one of "
              + OLDEST_OPSET
              + " to "
              + NEWEST_OPSET);
    }
    return new Lowering(model, binding, file.length()).lower();
  }

  private LoweredModel lower() {
    requireSizes();
    for (TensorSignature input : model.summary().inputs()) {
      GraphTensor value = binding.values().get(input.name());
      if (value == null) {
        define(input);
      } else {
        requireFit(input, value);
        scope.define(input.name(), walk.tensors().constant(value));
      }
    }
    List<Source> sources = new ArrayList<>();
    List<NamedTensor> outputs = new ArrayList<>();
    List<EmptyOutput> emptyOutputs = new ArrayList<>();
    for (TensorSignature output : model.summary().outputs()) {
      Value value = output(output);
      if (value.isEmpty()) {
        emptyOutputs.add(new EmptyOutput(output.name(), value.dataType(), value.shape()));
      } else {
        program.setOrigin("output '" + output.name() + "'");
        sources.add(walk.tensors().rowMajor(value).source());
        outputs.add(named(output.name(), value.dataType(), value.shape()));
      }
    }
    if (outputs.isEmpty() && !emptyOutputs.isEmpty()) {
      throw new StoreException.NothingToCompute(
          "no output of the model has elements: there is nothing to ask it for",
          emptyOutputs.stream().map(EmptyOutput::type).toList());
    }
    if (outputs.size() > Caps.OUTPUTS) {
      throw new StoreException.UnsupportedOnnx(
          "the model has more than " + Caps.OUTPUTS + " outputs; leave some out");
    }
    ProgramBuilder.Result result = program.finish(sources);
    return new LoweredModel(
        result.program(),
        result.origins(),
        result.weights(),
        inputs,
        outputs,
        emptyOutputs,
        Discontinuity.isIn(result.program()));
  }

  private void requireSizes() {
    List<TensorSignature> open =
        model.summary().inputs().stream()
            .filter(input -> !binding.values().containsKey(input.name()))
            .toList();
    OnnxSummary.requireSizes(open, binding.sizes());
  }

  private void define(TensorSignature input) {
    if (inputs.size() == Caps.GIVEN) {
      throw new StoreException.UnsupportedOnnx(
          "the model has more than " + Caps.GIVEN + " inputs; fix the values of some");
    }
    List<Integer> shape =
        input.shape().stream().map(dimension -> dimension.size(binding.sizes())).toList();
    NamedTensor tensor = named(input.name(), input.dataType(), shape);
    program.setOrigin("input '" + input.name() + "'");
    Source source = program.input(input.dataType(), tensor.type().count(), inputs.size());
    scope.define(input.name(), Value.rowMajor(input.dataType(), shape, source));
    inputs.add(tensor);
  }

  private static NamedTensor named(String name, DataType type, List<Integer> shape) {
    try {
      return new NamedTensor(name, new TensorType(type, shape));
    } catch (TensorException.InvalidType e) {
      throw new StoreException.UnsupportedOnnx("'" + name + "': " + e.getMessage());
    }
  }

  private static void requireFit(TensorSignature input, GraphTensor value) {
    boolean fits =
        value.dataType() == input.dataType() && value.shape().size() == input.shape().size();
    for (int axis = 0; fits && axis < value.shape().size(); axis++) {
      if (input.shape().get(axis) instanceof Dimension.Fixed(int size)) {
        fits = size == value.shape().get(axis);
      }
    }
    if (!fits) {
      throw new StoreException.InvalidOnnx(
          "the value for '"
              + input.name()
              + "' is "
              + value.dataType().label()
              + value.shape()
              + ", but the model takes "
              + input.dataType().label()
              + input.shape());
    }
  }

  private Value output(TensorSignature output) {
    Value value;
    try {
      value = walk.value(scope, output.name());
    } catch (UnboundValue e) {
      List<String> names = e.inputs().stream().map(number -> inputs.get(number).name()).toList();
      throw new StoreException.UnboundInputs(
          e.getMessage() + "; bind " + names + " to values, or fix them in the model", names);
    }
    if (value.dataType() != output.dataType()) {
      throw new StoreException.InvalidOnnx(
          "the output '"
              + output.name()
              + "' is stated as "
              + output.dataType().label()
              + " but is "
              + value.dataType().label());
    }
    return value;
  }
}
