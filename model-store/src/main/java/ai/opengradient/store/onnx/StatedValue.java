package ai.opengradient.store.onnx;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A graph's input or output as the file states it, possibly of a type that can't be used. */
final class StatedValue {
  private static final int NAME = 1;
  private static final int TYPE = 2;
  private static final int TENSOR_TYPE = 1;
  private static final int ELEMENT_TYPE = 1;
  private static final int SHAPE = 2;
  private static final int DIMENSION = 1;
  private static final int DIMENSION_VALUE = 1;
  private static final int DIMENSION_NAME = 2;
  private static final int MAXIMUM_RANK = 8;

  private final ProtobufInput input;
  private final List<StatedDimension> shape = new ArrayList<>();
  private String name = "";
  private boolean isTensor;
  private boolean hasShape;
  private long elementType;

  /**
   * @param value the size, not positive if there is none
   * @param name the name, empty if there is none
   */
  private record StatedDimension(long value, String name) {}

  private StatedValue(ProtobufInput input) {
    this.input = input;
  }

  /** Reads a field that is a ValueInfoProto. */
  static StatedValue read(ProtobufInput input) throws IOException {
    StatedValue value = new StatedValue(input);
    input.message(value::field);
    return value;
  }

  String name() {
    return name;
  }

  /**
   * The signature of a value that goes in or comes out.
   *
   * @param what {@code input} or {@code output}, for messages
   */
  TensorSignature signature(String what) {
    if (name.isEmpty()) {
      throw new StoreException.InvalidOnnx("an " + what + " has no name");
    }
    if (!isTensor) {
      throw new StoreException.UnsupportedOnnx(
          what + " '" + name + "' is not a tensor; export the model with plain tensors");
    }
    if (!hasShape) {
      throw new StoreException.UnsupportedOnnx(
          what + " '" + name + "' states no shape; run shape inference on the model first");
    }
    List<Dimension> dimensions = new ArrayList<>(shape.size());
    for (int axis = 0; axis < shape.size(); axis++) {
      dimensions.add(dimension(shape.get(axis), axis));
    }
    try {
      return new TensorSignature(name, DataType.fromCode((int) elementType), dimensions);
    } catch (TensorException.InvalidType e) {
      throw new StoreException.UnsupportedOnnx(what + " '" + name + "': " + e.getMessage());
    }
  }

  private Dimension dimension(StatedDimension stated, int axis) {
    if (stated.value() > Integer.MAX_VALUE) {
      throw new StoreException.InvalidOnnx("'" + name + "' has the dimension " + stated.value());
    }
    if (stated.value() > 0) {
      return new Dimension.Fixed((int) stated.value());
    }
    return new Dimension.Symbolic(
        stated.name().isEmpty() ? name + "[" + axis + "]" : stated.name());
  }

  private void field(int tag) throws IOException {
    if (tag == ProtobufInput.bytes(NAME)) {
      name = input.readText();
    } else if (tag == ProtobufInput.bytes(TYPE)) {
      input.message(this::typeField);
    } else {
      input.skip(tag);
    }
  }

  private void typeField(int tag) throws IOException {
    if (tag == ProtobufInput.bytes(TENSOR_TYPE)) {
      isTensor = true;
      input.message(this::tensorTypeField);
    } else {
      input.skip(tag);
    }
  }

  private void tensorTypeField(int tag) throws IOException {
    if (tag == ProtobufInput.number(ELEMENT_TYPE)) {
      elementType = input.readNumber();
    } else if (tag == ProtobufInput.bytes(SHAPE)) {
      hasShape = true;
      input.message(this::shapeField);
    } else {
      input.skip(tag);
    }
  }

  private void shapeField(int tag) throws IOException {
    if (tag != ProtobufInput.bytes(DIMENSION)) {
      input.skip(tag);
      return;
    }
    if (shape.size() == MAXIMUM_RANK) {
      throw new StoreException.UnsupportedOnnx(
          "'" + name + "' has more than " + MAXIMUM_RANK + " dimensions; reshape it");
    }
    DimensionFields fields = new DimensionFields();
    input.message(fields);
    shape.add(new StatedDimension(fields.value, fields.text));
  }

  /** Collects one dimension's value or name. */
  private final class DimensionFields implements ProtobufInput.Fields {
    private long value;
    private String text = "";

    @Override
    public void read(int tag) throws IOException {
      if (tag == ProtobufInput.number(DIMENSION_VALUE)) {
        value = input.readNumber();
      } else if (tag == ProtobufInput.bytes(DIMENSION_NAME)) {
        text = input.readText();
      } else {
        input.skip(tag);
      }
    }
  }
}
