package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.manifest.Band;
import ai.opengradient.store.manifest.Domain;
import ai.opengradient.store.manifest.Manifest;
import ai.opengradient.store.manifest.ModelPublisher;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.store.manifest.PublishedModel;
import ai.opengradient.store.manifest.Signature;
import ai.opengradient.store.onnx.OnnxReader;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a model's file and manifest into the local store. */
@Command(
    name = "publish",
    description = {
      "Put an ONNX file and its manifest into the local store.",
      "What is published is public. Serve it with `opg store serve`, register it with `opg model register`."
    })
final class ModelPublishCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", description = "The ONNX file.")
  private Path file = Path.of("");

  @Option(names = "--name", description = "What people call the model; without it the file's name.")
  private @Nullable String name;

  @Option(
      names = "--licence",
      paramLabel = "SPDX",
      required = true,
      description = "The licence's SPDX identifier.")
  private String licence = "";

  @Option(
      names = "--bind",
      paramLabel = "NAME=SIZE",
      description = "A size for a dimension that the file leaves open.")
  private Map<String, Integer> sizes = new LinkedHashMap<>();

  @Option(
      names = "--band",
      paramLabel = "OUTPUT=ABS,REL",
      description = "How far an answer may lie from the exact one; without it: exact.")
  private Map<String, String> bands = new LinkedHashMap<>();

  @Option(
      names = "--domain",
      paramLabel = "INPUT=LOW,HIGH",
      description = "The range that an input is meant to have; without it: none is stated.")
  private Map<String, String> domains = new LinkedHashMap<>();

  @Override
  Answer answer() {
    Path model = opg().existing(file);
    Signature signature = OnnxReader.read(model).bind(sizes);
    List<Band> bandList = pairs("band", bands, signature.outputs(), Band.EXACT, Band::new);
    List<Domain> domainList =
        pairs("domain", domains, signature.inputs(), Domain.UNSTATED, Domain::new);
    PublishedModel published =
        new ModelPublisher(new BlockStore(opg().store().directory()))
            .publish(
                model,
                stored ->
                    new Manifest(
                        Manifest.FORMAT,
                        name == null ? plainName(model) : name,
                        stored,
                        List.of(signature),
                        bandList,
                        domainList,
                        licence,
                        List.of()));
    return answer(published);
  }

  private static String plainName(Path model) {
    return model.getFileName().toString().replaceFirst("\\.onnx$", "");
  }

  /** One pair of numbers for each tensor; tensors that nobody named get the usual one. */
  private static <T> List<T> pairs(
      String what,
      Map<String, String> given,
      List<NamedTensor> tensors,
      T usual,
      BiFunction<Float, Float, T> make) {
    for (String named : given.keySet()) {
      if (tensors.stream().noneMatch(tensor -> tensor.name().equals(named))) {
        throw new OpgException(
            ErrorCode.INPUT_NAMES_WRONG,
            "--%s names %s, the model has %s"
                .formatted(what, named, tensors.stream().map(NamedTensor::name).toList()));
      }
    }
    List<T> pairs = new ArrayList<>();
    for (NamedTensor tensor : tensors) {
      String text = given.get(tensor.name());
      pairs.add(text == null ? usual : pair(what, text, make));
    }
    return pairs;
  }

  private static <T> T pair(String what, String text, BiFunction<Float, Float, T> make) {
    String[] numbers = text.split(",", -1);
    try {
      if (numbers.length == 2) {
        return make.apply(Float.valueOf(numbers[0].strip()), Float.valueOf(numbers[1].strip()));
      }
    } catch (NumberFormatException e) {
      throw notTwoNumbers(what, text, e);
    }
    throw notTwoNumbers(what, text, null);
  }

  private static OpgException notTwoNumbers(
      String what, String text, @Nullable NumberFormatException cause) {
    return new OpgException(
        ErrorCode.USAGE, "opg model publish: --" + what + " takes two numbers, not " + text, cause);
  }

  private static Answer answer(PublishedModel published) {
    Manifest manifest = published.content();
    Signature signature = manifest.bindings().getFirst();
    List<String> lines = new ArrayList<>();
    lines.add("Manifest " + published.manifest());
    lines.add("File     " + manifest.file().content().cid());
    signature.inputs().forEach(input -> lines.add("  in  " + input.name() + " " + input.type()));
    signature
        .outputs()
        .forEach(output -> lines.add("  out " + output.name() + " " + output.type()));
    for (int index = 0; index < manifest.bands().size(); index++) {
      NamedTensor output = signature.outputs().get(index);
      if (output.type().dataType() == DataType.FLOAT32 && manifest.bands().get(index).isExact()) {
        lines.add("Note: " + output.name() + " is exact; give it a --band.");
      }
    }
    lines.add("Register it with: opg model register " + published.manifest());
    return new Answer(
        new Fields()
            .with("manifest", published.manifest())
            .with("file", manifest.file().content().cid())
            .with("sha256", manifest.file().content().sha256())
            .with("length", manifest.file().content().length())
            .with("name", manifest.name())
            .with("licence", manifest.licence())
            .with("inputs", fields(signature.inputs()))
            .with("outputs", fields(signature.outputs()))
            .toMap(),
        lines);
  }

  private static List<Fields> fields(List<NamedTensor> tensors) {
    return tensors.stream()
        .map(tensor ->
            new Fields()
                .with("name", tensor.name())
                .with("type", tensor.type().dataType().label())
                .with("shape", tensor.type().shape()))
        .toList();
  }
}
