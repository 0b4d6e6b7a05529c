package ai.opengradient.store.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.store.manifest.Signature;
import ai.opengradient.store.onnx.OnnxReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs without elements are no part of a program, and don't stand in the way of others. */
class EmptyOutputTest {
  /** The output {@code nothing} is a slice of {@code x} that ends where it begins. */
  private static OnnxBuilder emptySlice() {
    return new OnnxBuilder()
        .input("x", DataType.FLOAT32, 4)
        .integers("bound", 2)
        .node("nothing", "Slice", List.of("x", "bound", "bound"))
        .output("nothing", DataType.FLOAT32, 0);
  }

  @Test
  void othersAreComputed() {
    OnnxBuilder model =
        emptySlice().node("y", "Neg", List.of("x")).output("y", DataType.FLOAT32, 4);

    LoweredModel lowered = Lowering.lower(model.file(), Binding.NONE);

    assertThat(lowered.outputs()).extracting(NamedTensor::name).containsExactly("y");
    assertThat(lowered.emptyOutputs())
        .containsExactly(new EmptyOutput("nothing", DataType.FLOAT32, List.of(0)));
    assertThat(ModelRun.floats(model, ModelRun.tensor(1, 2, 3, 4))).containsExactly(-1, -2, -3, -4);
  }

  @Test
  void aModelOfNothingElseIsRefused() {
    byte[] file = emptySlice().file();

    assertThatThrownBy(() -> Lowering.lower(file, Binding.NONE))
        .isInstanceOf(StoreException.NothingToCompute.class)
        .hasMessageContaining("no output of the model has elements")
        .extracting(e -> ((StoreException.NothingToCompute) e).outputs())
        .isEqualTo(List.of("float32[0]"));
  }

  @Test
  void aSizeOfZeroLeavesAnOutputOutOfTheSignature(@TempDir Path folder) throws Exception {
    byte[] model =
        emptySlice().node("y", "Neg", List.of("x")).output("y", DataType.FLOAT32, 4).file();

    Signature signature =
        OnnxReader.read(Files.write(folder.resolve("model.onnx"), model))
            .bind(Map.of("nothing[0]", 0));

    assertThat(signature.outputs()).extracting(NamedTensor::name).containsExactly("y");
  }
}
