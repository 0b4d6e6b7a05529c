package ai.opengradient.store.lowering;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.conformance.PlainEvaluation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Lowers models and runs them, plainly. */
final class ModelRun {
  private ModelRun() {}

  /** The outputs, of a program that is the one in its file. */
  static List<WholeTensor> outputs(OnnxBuilder model, WholeTensor... inputs) {
    LoweredModel lowered = Lowering.lower(model.file(), Binding.NONE);
    if (!Program.decode(lowered.program().encode()).equals(lowered.program())) {
      throw new AssertionError("the program's file is another program");
    }
    return PlainEvaluation.run(lowered, List.of(inputs));
  }

  /** The only output of a model of floats. */
  static float[] floats(OnnxBuilder model, WholeTensor... inputs) {
    WholeTensor output = outputs(model, inputs).getFirst();
    float[] elements = new float[output.count()];
    output.data().asFloatBuffer().get(elements);
    return elements;
  }

  /** The only output of a model of integers. */
  static long[] integers(OnnxBuilder model, WholeTensor... inputs) {
    WholeTensor output = outputs(model, inputs).getFirst();
    long[] elements = new long[output.count()];
    Arrays.setAll(elements, output::element);
    return elements;
  }

  /** The root of a model's program. */
  static Hash root(ModelProto model) {
    return Lowering.lower(model.toByteArray(), Binding.NONE).program().hash();
  }

  /** Small integers: no sum of them is rounded, whatever its order. */
  static float[] smallIntegers(Random random, int count) {
    float[] numbers = new float[count];
    for (int index = 0; index < count; index++) {
      numbers[index] = random.nextInt(-8, 9);
    }
    return numbers;
  }

  static WholeTensor tensor(float... elements) {
    ByteBuffer data = ByteBuffer.allocate(elements.length * Float.BYTES);
    data.asFloatBuffer().put(elements);
    return new WholeTensor(DataType.FLOAT32, elements.length, data);
  }

  /** Elements of one byte each. */
  static WholeTensor tensor(DataType type, byte... elements) {
    return new WholeTensor(type, elements.length, ByteBuffer.wrap(elements));
  }
}
