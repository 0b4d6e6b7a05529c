package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.TensorType;
import java.util.HexFormat;
import java.util.List;

/**
 * All that a version of a model fixes for ever ({@code IModelRegistry.Version}).
 *
 * @param manifest the manifest's binary content id, as hexadecimal digits without {@code 0x}
 * @param fileHash sha-256 of the ONNX file
 * @param fileLength bytes of the ONNX file
 * @param royalty a finalised job pays it to the model's owner
 * @param bond least job bond that a worker must lock
 * @param tracePrice what producing a trace is worth
 * @param licence SPDX identifier
 * @param bands one per output
 * @param domains one per input
 * @param bindings at least one
 */
public record ModelVersion(
    String manifest,
    Hash fileHash,
    long fileLength,
    Amount royalty,
    Amount bond,
    Amount tracePrice,
    String licence,
    List<Band> bands,
    List<Domain> domains,
    List<Binding> bindings) {

  /**
   * How far a claimed output may lie from the canonical one: |c − y| ≤ absolute + relative · |y|.
   * Both zero: exact.
   *
   * @param absolute finite, not negative
   * @param relative not negative, below 1
   */
  public record Band(float absolute, float relative) {}

  /**
   * The closed range of values that an input's elements are meant to have. Both zero: none is
   * stated.
   *
   * @param low not NaN
   * @param high not NaN, not below {@code low}
   */
  public record Domain(float low, float high) {}

  /**
   * One binding of the model's dynamic shapes.
   *
   * @param programRoot of the program that defines its canonical answers; 32 zero bytes:
   *     undisputable
   * @param inputs types in the model's order
   * @param outputs types in the model's order
   */
  public record Binding(Hash programRoot, List<TensorType> inputs, List<TensorType> outputs) {

    /** The root of a binding without a program, which no court can ever judge. */
    public static final Hash NO_PROGRAM = Hash.of(new byte[Hash.LENGTH]);

    public Binding {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }

    /** Whether a court could judge this binding's answers. */
    public boolean isDisputable() {
      return !programRoot.equals(NO_PROGRAM);
    }
  }

  public ModelVersion {
    bands = List.copyOf(bands);
    domains = List.copyOf(domains);
    bindings = List.copyOf(bindings);
  }

  /** The manifest's binary content id. */
  public byte[] manifestBytes() {
    return HexFormat.of().parseHex(manifest);
  }
}
