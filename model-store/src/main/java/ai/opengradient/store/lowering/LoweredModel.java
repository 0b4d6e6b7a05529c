package ai.opengradient.store.lowering;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.ProgramText;
import ai.opengradient.store.manifest.NamedTensor;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a model is, for one binding.
 *
 * @param program whose first nodes are the inputs, all of them, in their order
 * @param origins by the position of a node, the ONNX node that it comes from, for {@link
 *     ProgramText}
 * @param weights the data that the program names, big-endian, by their tree root; of data that
 *     differ in zeros at their end only the longest
 * @param inputs what a job gives, in the file's order
 * @param outputs what a job gets, in the file's order
 * @param emptyOutputs what the file lists besides, in its order
 * @param discontinuous whether a small change of a float can change an output by a leap
 */
public record LoweredModel(
    Program program,
    List<String> origins,
    SequencedMap<Hash, ByteBuffer> weights,
    List<NamedTensor> inputs,
    List<NamedTensor> outputs,
    List<EmptyOutput> emptyOutputs,
    boolean discontinuous) {
  public LoweredModel {
    origins = List.copyOf(origins);
    weights = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(weights));
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    emptyOutputs = List.copyOf(emptyOutputs);
  }

  /** The program for people. */
  public String text() {
    return ProgramText.of(program, origins);
  }
}
