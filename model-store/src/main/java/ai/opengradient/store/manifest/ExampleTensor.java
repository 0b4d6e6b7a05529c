package ai.opengradient.store.manifest;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.StoreException;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Base64;

/**
 * A tensor of an example: written into the manifest, or a file of its own that the manifest points
 * to.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
  @JsonSubTypes.Type(ExampleTensor.Inline.class),
  @JsonSubTypes.Type(ExampleTensor.Referenced.class)
})
public sealed interface ExampleTensor {
  /** Bytes of the tensor's data. */
  long length();

  /**
   * Data in the manifest itself.
   *
   * @param base64 the elements, row-major and big-endian
   */
  record Inline(String base64) implements ExampleTensor {
    /**
     * @throws StoreException.InvalidManifest if the text is not base 64
     */
    public Inline {
      decode(base64);
    }

    /** The tensor's data. */
    public static Inline of(Tensor tensor) {
      return new Inline(Base64.getEncoder().encodeToString(tensor.toByteArray()));
    }

    /** The data as a tensor of a type that fits its length. */
    public Tensor tensor(TensorType type) {
      return Tensor.of(type, decode(base64));
    }

    @Override
    public long length() {
      return decode(base64).length;
    }

    private static byte[] decode(String base64) {
      try {
        return Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        throw new StoreException.InvalidManifest("an example's data is not base 64");
      }
    }
  }

  /**
   * Data in a file.
   *
   * @param file the elements, row-major and big-endian
   */
  record Referenced(FileReference file) implements ExampleTensor {
    @Override
    public long length() {
      return file.length();
    }
  }
}
