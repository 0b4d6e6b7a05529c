package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.program.Descriptor;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A program file's frame, whatever stands in it. */
record Framed(List<Descriptor> descriptors, List<Integer> outputs) {
  static Framed of(JsonNode vector) {
    ByteBuffer file = ByteBuffer.wrap(GoldenVectors.bytes(vector.get("file")));
    file.get();
    List<Descriptor> descriptors = new ArrayList<>();
    for (int left = file.getInt(); left > 0; left--) {
      byte[] descriptor = new byte[Short.toUnsignedInt(file.getShort())];
      file.get(descriptor);
      descriptors.add(Descriptor.of(descriptor));
    }
    List<Integer> outputs = new ArrayList<>();
    for (int left = file.get(); left > 0; left--) {
      outputs.add(file.getInt());
    }
    return new Framed(descriptors, outputs);
  }
}
