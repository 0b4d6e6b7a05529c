package ai.opengradient.worker.inference;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.graph.GraphTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@link Shapes} as they are sent. Fixed values may be empty, which a job's tensors never are. */
final class ShapesOnWire {
  private ShapesOnWire() {}

  static void write(Wire wire, Shapes shapes) throws IOException {
    wire.writeTypes(shapes.inputs());
    wire.writeInt(shapes.values().size());
    for (Map.Entry<String, GraphTensor> entry : shapes.values().entrySet()) {
      GraphTensor value = entry.getValue();
      wire.writeText(entry.getKey());
      wire.writeType(value.dataType(), value.shape());
      wire.write(value.data());
    }
  }

  static Shapes read(Wire wire) throws IOException {
    var inputs = wire.readTypes();
    Map<String, GraphTensor> values = new HashMap<>();
    for (int left = wire.readInt(); left > 0; left--) {
      String name = wire.readText();
      DataType type = wire.readDataType();
      List<Integer> shape = wire.readShape();
      long bytes = type.width();
      for (int dimension : shape) {
        bytes = Math.multiplyExact(bytes, (long) dimension);
      }
      ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(bytes));
      wire.read(data);
      values.put(name, new GraphTensor(type, shape, data.flip()));
    }
    return new Shapes(inputs, values);
  }
}
