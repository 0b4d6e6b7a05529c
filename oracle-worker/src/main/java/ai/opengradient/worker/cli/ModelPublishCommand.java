package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.manifest.Band;
import ai.opengradient.store.manifest.Domain;
import ai.opengradient.store.manifest.Manifest;
import ai.opengradient.store.manifest.ModelFile;
import ai.opengradient.store.manifest.ModelPublisher;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.store.manifest.PublishedModel;
import ai.opengradient.store.manifest.Signature;
import ai.opengradient.store.onnx.OnnxFile;
import ai.opengradient.store.onnx.OnnxReader;
import ai.opengradient.store.onnx.OnnxSummary;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.telemetry.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a model's file and manifest into the local store. */
@Command(
    name = "publish",
    description = {
      "Put an ONNX file, the files beside it that hold its data, and their manifest into the local store.",
      "What is published is public. Serve it with `opg store serve`, register it with `opg model register`."
    })
final class ModelPublishCommand extends Subcommand {
  private static final String COMMAND = "opg model publish";
  private static final String SUFFIX = ".onnx";

  @Parameters(
      paramLabel = "FILE",
      description = "The ONNX file, or a folder with one and its data.")
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
      description = "A size for a dimension that the file leaves open, the same in all bindings.")
  private Map<String, Integer> sizes = new LinkedHashMap<>();

  @Option(
      names = "--binding",
      paramLabel = "NAME=SIZE,…",
      description =
          "A binding of its own, with these sizes besides; once for each, at most 16. Without it there is one.")
  private List<String> bindings = new ArrayList<>();

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
    Path model = model();
    OnnxSummary summary = summary(model);
    List<Signature> signatures = signatures(summary);
    Signature signature = signatures.getFirst();
    List<Band> bandList =
        PairOption.read(COMMAND, "band", bands, signature.outputs(), Band.EXACT, Band::new);
    List<Domain> domainList =
        PairOption.read(
            COMMAND, "domain", domains, signature.inputs(), Domain.UNSTATED, Domain::new);
    PublishedModel published =
        new ModelPublisher(opg().store().blocks(WallClock.instants()))
            .publish(
                model,
                summary.dataFiles().stream()
                    .map(data -> model.resolveSibling(data.name()))
                    .toList(),
                (stored, data) ->
                    new Manifest(
                        Manifest.FORMAT,
                        name == null ? plainName(model) : name,
                        stored,
                        data,
                        signatures,
                        bandList,
                        domainList,
                        licence,
                        List.of()));
    return answer(published);
  }

  /** A folder's only ONNX file, if a folder is named. */
  private Path model() {
    Path named = opg().surroundings().folder().resolve(file);
    if (!Files.isDirectory(named)) {
      return opg().existing(file);
    }
    try (Stream<Path> files = Files.list(named)) {
      List<Path> models =
          files.filter(path -> path.getFileName().toString().endsWith(SUFFIX)).toList();
      if (models.size() != 1) {
        throw new OpgException(
            ErrorCode.USAGE,
            COMMAND + ": " + named + " has " + models.size() + " ONNX files; name the one");
      }
      return models.getFirst();
    } catch (IOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_READABLE, named + " can't be read", e);
    }
  }

  private static OnnxSummary summary(Path model) {
    OnnxSummary summary = OnnxReader.read(model);
    try {
      OnnxFile.requireDataFiles(model, summary);
    } catch (IOException e) {
      throw new OpgException(
          ErrorCode.FILE_NOT_READABLE, "the data of " + model + " can't be read", e);
    }
    return summary;
  }

  private List<Signature> signatures(OnnxSummary model) {
    if (bindings.isEmpty()) {
      return List.of(model.bind(sizes));
    }
    List<Signature> signatures = new ArrayList<>();
    for (String binding : bindings) {
      Map<String, Integer> all = new LinkedHashMap<>(sizes);
      for (String pair : binding.split(",", -1)) {
        all.put(name(pair), size(pair));
      }
      signatures.add(model.bind(all));
    }
    return signatures;
  }

  private static String name(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw notASize(pair, null);
    }
    return pair.substring(0, equals).strip();
  }

  private static int size(String pair) {
    try {
      return Integer.parseInt(pair.substring(pair.indexOf('=') + 1).strip());
    } catch (NumberFormatException e) {
      throw notASize(pair, e);
    }
  }

  private static OpgException notASize(String pair, @Nullable NumberFormatException cause) {
    return new OpgException(
        ErrorCode.USAGE, COMMAND + ": --binding takes NAME=SIZE, not '" + pair + "'", cause);
  }

  private static String plainName(Path model) {
    return model.getFileName().toString().replaceFirst("\\.onnx$", "");
  }

  private static Fields fields(ModelFile data) {
    return new Fields()
        .with("name", data.name())
        .with("cid", data.content().cid())
        .with("sha256", data.content().sha256())
        .with("length", data.content().length());
  }

  private static Answer answer(PublishedModel published) {
    Manifest manifest = published.content();
    Signature signature = manifest.bindings().getFirst();
    List<String> lines = new ArrayList<>();
    lines.add("Manifest " + published.manifest());
    lines.add("File     " + manifest.file().content().cid());
    manifest
        .data()
        .forEach(data -> lines.add("Data     " + data.content().cid() + " " + data.name()));
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
            .with("data", manifest.data().stream().map(ModelPublishCommand::fields).toList())
            .with("name", manifest.name())
            .with("licence", manifest.licence())
            .with("inputs", TensorFields.of(signature.inputs()))
            .with("outputs", TensorFields.of(signature.outputs()))
            .with("bindings", manifest.bindings().size())
            .toMap(),
        lines);
  }
}
