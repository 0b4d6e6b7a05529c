package ai.opengradient.worker.cli;

import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.StepGas;
import ai.opengradient.store.lowering.LoweredModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Turns a model into its program and tells what that is. */
@Command(
    name = "lower",
    description = {
      "Turn an ONNX file into the program that defines its exact answers.",
      "The same file and sizes give the same root on every machine."
    })
final class ModelLowerCommand extends Subcommand {
  @Mixin private ModelChoice model = new ModelChoice();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the program, in its canonical encoding, into this file.")
  private @Nullable Path out;

  @Override
  Answer answer() {
    LoweredModel lowered = model.lower(opg());
    Program program = lowered.program();
    byte[] encoding = program.encode();
    if (out != null) {
      opg().write(out, encoding);
    }
    Map<String, Integer> kinds = new TreeMap<>();
    long weightBytes = 0;
    long elements = 0;
    long terms = 0;
    long stepGas = 0;
    for (Node node : program.nodes()) {
      kinds.merge(node.getClass().getSimpleName().toUpperCase(Locale.ROOT), 1, Integer::sum);
      stepGas = Math.max(stepGas, StepGas.of(node));
      switch (node) {
        case Node.Weight weight -> weightBytes += weight.length();
        case Node.Fold fold -> {
          elements += fold.count();
          terms += (long) fold.count() * fold.terms().size();
        }
        case Node.Map map -> elements += map.count();
        case Node.Gather gather -> elements += gather.count();
        case Node.Input input -> {}
        case Node.Claim claim -> {}
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("Program " + program.hash());
    lines.add("  " + program.nodes().size() + " nodes: " + text(kinds));
    lines.add(
        "  " + encoding.length + " bytes of descriptors, " + weightBytes + " bytes of weights");
    lines.add("  " + elements + " elements computed, " + terms + " terms of folds");
    lines.add("  the costliest step takes about " + stepGas + " gas in Solidity");
    lines.add(
        lowered.discontinuous()
            ? "  discontinuous: a float decides something, so workers answer by the canonical engine"
            : "  continuous: stock engines may answer, within the output's band");
    return new Answer(
        new Fields()
            .with("root", program.hash())
            .with("nodes", program.nodes().size())
            .with("kinds", kinds)
            .with("programBytes", encoding.length)
            .with("weightBytes", weightBytes)
            .with("elements", elements)
            .with("terms", terms)
            .with("stepGas", stepGas)
            .with("discontinuous", lowered.discontinuous())
            .with("inputs", TensorFields.of(lowered.inputs()))
            .with("outputs", TensorFields.of(lowered.outputs()))
            .toMap(),
        lines);
  }

  private static String text(Map<String, Integer> kinds) {
    return String.join(
        ", ",
        kinds.entrySet().stream().map(kind -> kind.getValue() + " " + kind.getKey()).toList());
  }
}
