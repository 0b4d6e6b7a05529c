package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import java.util.HexFormat;
import java.util.List;

/** An input as a request gives it, or an output as a claim does. */
public sealed interface JobTensor {

  TensorType type();

  /** With its data. */
  record Inline(Tensor tensor) implements JobTensor {

    @Override
    public TensorType type() {
      return tensor.type();
    }
  }

  /**
   * With the place where its data lie. Whether they are there, and are what the root says, nobody
   * has checked.
   *
   * @param root tree root of the data
   * @param content the data's binary content id, 1 to 64 bytes, as hexadecimal digits without
   *     {@code 0x}
   */
  record ByReference(TensorType type, Hash root, String content) implements JobTensor {

    /** The data's binary content id. */
    public byte[] contentBytes() {
      return HexFormat.of().parseHex(content);
    }
  }

  /** All of them with their data. */
  static List<JobTensor> inline(List<Tensor> tensors) {
    return tensors.stream().<JobTensor>map(Inline::new).toList();
  }
}
