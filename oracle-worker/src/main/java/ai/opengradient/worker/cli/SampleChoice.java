package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.manifest.Domain;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.worker.calibration.SampleInputs;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say which inputs a model is tried with. */
final class SampleChoice {
  @Option(
      names = "--input",
      paramLabel = "NAME=VALUE",
      description =
          "An input of the only sample: @file.npy, @file.json, @file.pb, @file.png, or JSON itself.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--samples",
      description = "How many random samples to try, where no --input is given (${DEFAULT-VALUE}).")
  private int samples = 8;

  @Option(names = "--seed", description = "What the samples are drawn from (${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--range",
      paramLabel = "INPUT=LOW,HIGH",
      description =
          "Draw an input's elements evenly from here; without it floats are normal, integers small.")
  private Map<String, String> ranges = new LinkedHashMap<>();

  /** The inputs of each sample, in the order of what is wanted. */
  List<List<Tensor>> samples(Opg opg, String command, List<NamedTensor> wanted) {
    if (!inputs.isEmpty()) {
      return List.of(
          InputArguments.read(
              opg.surroundings().folder(), wanted, InputArguments.parse(command, inputs)));
    }
    if (samples < 1) {
      throw new OpgException(ErrorCode.USAGE, command + ": --samples is at least 1");
    }
    List<Domain> domains =
        PairOption.read(command, "range", ranges, wanted, Domain.UNSTATED, Domain::new);
    for (int input = 0; input < domains.size(); input++) {
      if (!SampleInputs.fits(wanted.get(input).type().dataType(), domains.get(input))) {
        throw new OpgException(
            ErrorCode.USAGE,
            command + ": the range of " + wanted.get(input).name() + " is beyond its type");
      }
    }
    SampleInputs random = new SampleInputs(seed);
    List<List<Tensor>> drawn = new ArrayList<>();
    for (int sample = 0; sample < samples; sample++) {
      drawn.add(random.next(NamedTensor.types(wanted), domains));
    }
    return drawn;
  }
}
