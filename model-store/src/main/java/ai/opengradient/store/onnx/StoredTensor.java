package ai.opengradient.store.onnx;

import ai.opengradient.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tensor inside a file: an initialiser or an attribute's value. Its data are counted, not kept;
 * what its shape promises must be there to the byte, or a range of another file as long as that.
 */
final class StoredTensor {
  private static final int DIMENSIONS = 1;
  private static final int DATA_TYPE = 2;
  private static final int SEGMENT = 3;
  private static final int FLOAT_DATA = 4;
  private static final int INT32_DATA = 5;
  private static final int STRING_DATA = 6;
  private static final int INT64_DATA = 7;
  private static final int NAME = 8;
  private static final int RAW_DATA = 9;
  private static final int DOUBLE_DATA = 10;
  private static final int UINT64_DATA = 11;
  private static final int EXTERNAL_DATA = 13;
  private static final int DATA_LOCATION = 14;
  private static final int MAXIMUM_RANK = 64;

  private final ProtobufInput input;
  private final List<Long> dimensions = new ArrayList<>();
  private final Map<ElementType.Field, Long> entries = new EnumMap<>(ElementType.Field.class);
  private String name = "";
  private long dataType;
  private long rawLength = -1;
  private boolean external;
  private final Map<String, String> externalEntries = new HashMap<>();
  private @Nullable ExternalRange range;

  private StoredTensor(ProtobufInput input) {
    this.input = input;
  }

  /** Reads a field that is a tensor. */
  static StoredTensor read(ProtobufInput input) throws IOException {
    StoredTensor tensor = new StoredTensor(input);
    input.message(tensor::field);
    tensor.check();
    return tensor;
  }

  String name() {
    return name;
  }

  /** The number of elements. */
  long count() {
    long count = 1;
    for (long dimension : dimensions) {
      if (dimension < 0) {
        throw new StoreException.InvalidOnnx(
            "tensor '" + name + "' has the dimension " + dimension);
      }
      count = Math.multiplyExact(count, dimension);
    }
    return count;
  }

  /** Where the data are, if they are in another file. */
  Optional<ExternalRange> externalRange() {
    return Optional.ofNullable(range);
  }

  private void field(int tag) throws IOException {
    if (tag == ProtobufInput.number(DIMENSIONS)) {
      dimension();
    } else if (tag == ProtobufInput.bytes(DIMENSIONS)) {
      input.packedNumbers(_ -> dimension());
    } else if (tag == ProtobufInput.number(DATA_TYPE)) {
      dataType = input.readNumber();
    } else if (tag == ProtobufInput.bytes(NAME)) {
      name = input.readText();
    } else if (tag == ProtobufInput.bytes(RAW_DATA)) {
      rawLength = input.skipBytes();
    } else if (tag == ProtobufInput.bytes(EXTERNAL_DATA)) {
      externalEntry();
    } else if (tag == ProtobufInput.number(DATA_LOCATION)) {
      external = input.readNumber() != 0;
    } else if (tag == ProtobufInput.bytes(SEGMENT)) {
      throw new StoreException.UnsupportedOnnx(
          "tensor '" + name + "' is cut into segments; export the model anew");
    } else {
      data(tag);
    }
  }

  private void data(int tag) throws IOException {
    switch (tag >>> 3) {
      case FLOAT_DATA -> fixed(ElementType.Field.FLOATS, tag, Float.BYTES);
      case DOUBLE_DATA -> fixed(ElementType.Field.DOUBLES, tag, Double.BYTES);
      case INT32_DATA -> numbers(ElementType.Field.INT32S, tag);
      case INT64_DATA -> numbers(ElementType.Field.INT64S, tag);
      case UINT64_DATA -> numbers(ElementType.Field.UINT64S, tag);
      case STRING_DATA -> {
        input.skip(tag);
        count(ElementType.Field.STRINGS, 1);
      }
      default -> input.skip(tag);
    }
  }

  private void fixed(ElementType.Field field, int tag, int width) throws IOException {
    if (tag == ProtobufInput.bytes(tag >>> 3)) {
      int length = input.skipBytes();
      if (length % width != 0) {
        throw new StoreException.InvalidOnnx(
            "tensor '" + name + "' has data that end inside a number");
      }
      count(field, length / width);
    } else {
      input.skip(tag);
      count(field, 1);
    }
  }

  private void numbers(ElementType.Field field, int tag) throws IOException {
    if (tag == ProtobufInput.bytes(tag >>> 3)) {
      input.packedNumbers(_ -> {
        input.readNumber();
        count(field, 1);
      });
    } else {
      input.skip(tag);
      count(field, 1);
    }
  }

  private void count(ElementType.Field field, long more) {
    entries.merge(field, more, Long::sum);
  }

  private void externalEntry() throws IOException {
    TextEntry entry = TextEntry.read(input);
    if (externalEntries.put(entry.key(), entry.value()) != null) {
      throw new StoreException.InvalidOnnx(
          "tensor '" + name + "' states the " + entry.key() + " of its data twice");
    }
  }

  private void dimension() throws IOException {
    if (dimensions.size() == MAXIMUM_RANK) {
      throw new StoreException.InvalidOnnx(
          "tensor '" + name + "' has more than " + MAXIMUM_RANK + " dimensions");
    }
    dimensions.add(input.readNumber());
  }

  private void check() {
    ElementType type = ElementType.fromCode(dataType);
    if (type == null) {
      throw new StoreException.InvalidOnnx(
          "tensor '" + name + "' has the unknown element type " + dataType);
    }
    long stated;
    long present;
    String unit;
    try {
      if (external || !externalEntries.isEmpty()) {
        range = range(type);
        return;
      }
      if (rawLength >= 0 && type.hasRawForm()) {
        stated = type.rawLength(count());
        present = rawLength;
        unit = " bytes";
      } else {
        stated = type.entries(count());
        present = entries.getOrDefault(type.field(), 0L);
        unit = " numbers";
      }
    } catch (ArithmeticException e) {
      throw new StoreException.InvalidOnnx(
          "tensor '" + name + "' states the shape " + dimensions + ", which nothing can have");
    }
    if (stated != present) {
      throw new StoreException.InvalidOnnx(
          "tensor '"
              + name
              + "' states "
              + type
              + dimensions
              + ", which takes "
              + stated
              + unit
              + ", but "
              + present
              + " are there");
    }
  }

  private ExternalRange range(ElementType type) {
    if (!external || rawLength >= 0 || !entries.isEmpty()) {
      throw new StoreException.InvalidOnnx(
          "tensor '" + name + "' has its data both in the file and in another");
    }
    if (!type.hasRawForm()) {
      throw new StoreException.InvalidOnnx(
          "tensor '" + name + "' is of the type " + type + ", which no other file can hold");
    }
    return ExternalRange.of(name, externalEntries, type.rawLength(count()));
  }
}
