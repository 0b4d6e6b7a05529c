package ai.opengradient.store.conformance;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Program;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.conformance.CaseResult.Outcome;
import ai.opengradient.store.graph.GraphTensor;
import ai.opengradient.store.graph.ModelOutline;
import ai.opengradient.store.graph.TensorReader;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.EmptyOutput;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.store.onnx.OnnxReader;
import ai.opengradient.store.onnx.TensorSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One case: a folder with a model and data sets of inputs and expected outputs. */
final class ConformanceCase {
  static final String MODEL = "model.onnx";

  private final Path folder;
  private final ProgramRunner runner;
  private final byte[] file;

  ConformanceCase(Path folder, ProgramRunner runner) throws IOException {
    this.folder = folder;
    this.runner = runner;
    file = Files.readAllBytes(folder.resolve(MODEL));
  }

  CaseResult run() throws IOException {
    ModelOutline outline = ModelOutline.read(file);
    Outcome outcome =
        outline.hasPlainInterface()
            ? outcome(new Comparison(outline.operators()))
            : new Outcome.OutOfScope();
    return new CaseResult(folder.getFileName().toString(), outline.operators(), outcome);
  }

  private Outcome outcome(Comparison comparison) throws IOException {
    Outcome outcome = new Outcome.Refused("there are no data to test it with");
    for (Path dataSet : dataSets()) {
      outcome = outcome(dataSet, comparison);
      if (!(outcome instanceof Outcome.Passed)) {
        return outcome;
      }
    }
    return outcome;
  }

  private List<Path> dataSets() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  private Outcome outcome(Path dataSet, Comparison comparison) throws IOException {
    try {
      List<TensorSignature> signature = OnnxReader.read(file).inputs();
      List<GraphTensor> given = tensors(dataSet, "input_");
      if (given.size() != signature.size()) {
        return new Outcome.Refused(
            "the model takes " + signature.size() + " inputs, but " + given.size() + " are there");
      }
      SequencedMap<String, GraphTensor> inputs = new LinkedHashMap<>();
      for (int input = 0; input < given.size(); input++) {
        inputs.put(signature.get(input).name(), given.get(input));
      }
      Map<String, Integer> sizes = Binding.ofShapes(file, List.of(), inputs).sizes();
      return outcome(inputs, sizes, tensors(dataSet, "output_"), comparison);
    } catch (StoreException.UnsupportedOnnx e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      return new Outcome.Failed(e.toString());
    }
  }

  /** By their number, which the files' names end with. */
  private static List<GraphTensor> tensors(Path dataSet, String prefix) throws IOException {
    Map<Integer, Path> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(dataSet)) {
      entries.forEach(path -> {
        String name = path.getFileName().toString();
        if (name.startsWith(prefix)) {
          files.put(Integer.parseInt(name.replaceAll("\\D", "")), path);
        }
      });
    }
    List<GraphTensor> tensors = new ArrayList<>();
    for (Path path : files.values()) {
      tensors.add(TensorReader.read(Files.readAllBytes(path)));
    }
    return tensors;
  }

  private Outcome outcome(
      SequencedMap<String, GraphTensor> inputs,
      Map<String, Integer> sizes,
      List<GraphTensor> expected,
      Comparison comparison) {
    SequencedMap<String, GraphTensor> bound = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> {
      if (isEmpty(tensor)) {
        bound.put(name, tensor);
      }
    });
    LoweredModel model;
    try {
      model = lower(inputs, sizes, bound);
    } catch (StoreException.NothingToCompute e) {
      return outcome(differenceOfTypes(expected, e.outputs()), bound);
    }
    if (!Program.decode(model.program().encode()).equals(model.program())) {
      return new Outcome.Failed("the program's file is another program");
    }
    List<WholeTensor> given =
        model.inputs().stream()
            .map(input -> whole(input, Objects.requireNonNull(inputs.get(input.name()))))
            .toList();
    List<WholeTensor> outputs;
    try {
      outputs = runner.run(folder.resolve(MODEL), bound, model, given);
    } catch (ProgramRunner.RunFailed e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    }
    return outcome(difference(comparison, expected, model, outputs), bound);
  }

  private static Outcome outcome(
      Optional<String> difference, SequencedMap<String, GraphTensor> bound) {
    return difference
        .<Outcome>map(Outcome.Failed::new)
        .orElseGet(() -> new Outcome.Passed(List.copyOf(bound.keySet())));
  }

  /** Lowers the model; inputs that decide what the program is are added to those that are bound. */
  private LoweredModel lower(
      Map<String, GraphTensor> inputs, Map<String, Integer> sizes, Map<String, GraphTensor> bound) {
    while (true) {
      try {
        return Lowering.lower(file, new Binding(sizes, bound));
      } catch (StoreException.UnboundInputs e) {
        int before = bound.size();
        e.names()
            .forEach(name ->
                Optional.ofNullable(inputs.get(name)).ifPresent(tensor -> bound.put(name, tensor)));
        if (bound.size() == before) {
          throw e;
        }
      }
    }
  }

  private static WholeTensor whole(NamedTensor input, GraphTensor tensor) {
    return new WholeTensor(input.type().dataType(), input.type().count(), tensor.data());
  }

  private static Optional<String> difference(
      Comparison comparison,
      List<GraphTensor> expected,
      LoweredModel model,
      List<WholeTensor> actual) {
    Optional<String> empty =
        differenceOfTypes(
            expected.stream().filter(ConformanceCase::isEmpty).toList(),
            model.emptyOutputs().stream().map(EmptyOutput::type).toList());
    if (empty.isPresent()) {
      return empty;
    }
    List<GraphTensor> wanted = expected.stream().filter(tensor -> !isEmpty(tensor)).toList();
    if (wanted.size() != actual.size()) {
      return Optional.of(actual.size() + " outputs instead of " + wanted.size());
    }
    for (int output = 0; output < wanted.size(); output++) {
      NamedTensor tensor = model.outputs().get(output);
      Optional<String> difference =
          comparison.difference(wanted.get(output), tensor.type(), actual.get(output));
      if (difference.isPresent()) {
        return difference.map(text -> "output '" + tensor.name() + "': " + text);
      }
    }
    return Optional.empty();
  }

  private static boolean isEmpty(GraphTensor tensor) {
    return tensor.shape().contains(0);
  }

  /** What is wrong with outputs without elements, of which the types are all there is. */
  private static Optional<String> differenceOfTypes(
      List<GraphTensor> expected, List<String> actual) {
    List<String> wanted =
        expected.stream().map(tensor -> tensor.dataType().label() + tensor.shape()).toList();
    return wanted.equals(actual)
        ? Optional.empty()
        : Optional.of("outputs without elements " + actual + " instead of " + wanted);
  }
}
