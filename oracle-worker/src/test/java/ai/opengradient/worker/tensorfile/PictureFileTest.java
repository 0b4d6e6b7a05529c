package ai.opengradient.worker.tensorfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.error.OpgException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture of two pixels: a dark red and white. */
class PictureFileTest {
  @TempDir private Path folder;

  @BeforeEach
  void draw() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x640a02);
    image.setRGB(1, 0, 0xffffff);
    ImageIO.write(image, "png", folder.resolve("two.png").toFile());
  }

  private Tensor read(String argument, DataType type, int... shape) {
    return TensorArgument.read("x", folder, argument, TensorType.of(type, shape));
  }

  @Test
  void channelsComeFirstOrLast() {
    assertThat(read("@two.png", DataType.UINT8, 1, 3, 1, 2).toByteArray())
        .containsExactly(100, 255, 10, 255, 2, 255);
    assertThat(read("@two.png", DataType.UINT8, 1, 2, 3).toByteArray())
        .containsExactly(100, 10, 2, 255, 255, 255);
  }

  @Test
  void oneChannelIsGrey() {
    assertThat(read("@two.png", DataType.UINT8, 1, 1, 1, 2).toByteArray())
        .containsExactly((299 * 100 + 587 * 10 + 114 * 2 + 500) / 1000, 255);
  }

  @Test
  void floatsHaveARange() {
    assertThat(read("@two.png", DataType.FLOAT32, 3, 1, 2).floats())
        .containsExactly(100f / 255, 1, 10f / 255, 1, 2f / 255, 1);
    assertThat(read("@two.png:0..255", DataType.FLOAT32, 3, 1, 2).floats())
        .containsExactly(100, 255, 10, 255, 2, 255);
    assertThat(read("@two.png:-1..1", DataType.FLOAT32, 3, 1, 2).floats()[1]).isEqualTo(1);
  }

  @Test
  void whatIsNotThePictureOfTheModelIsRefused() throws IOException {
    Files.writeString(folder.resolve("no.png"), "no picture");

    assertFails("OPG-513", "@two.png", DataType.UINT8, 1, 3, 2, 2);
    assertFails("OPG-513", "@two.png", DataType.UINT8, 1, 4, 1, 2);
    assertFails("OPG-513", "@two.png", DataType.UINT8, 2, 1);
    assertFails("OPG-513", "@two.png", DataType.INT64, 1, 3, 1, 2);
    assertFails("OPG-511", "@no.png", DataType.UINT8, 1, 3, 1, 2);
    assertFails("OPG-511", "@two.png:a..b", DataType.FLOAT32, 1, 3, 1, 2);
    assertFails("OPG-105", "@none.png", DataType.UINT8, 1, 3, 1, 2);
  }

  private void assertFails(String code, String argument, DataType type, int... shape) {
    assertThatThrownBy(() -> read(argument, type, shape))
        .isInstanceOfSatisfying(
            OpgException.class, failure -> assertThat(failure.code().id()).isEqualTo(code));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (Tensor tensor :
        new Tensor[] {
          Tensor.ofFloats(new float[] {1.5f, -0f, Float.NaN}, 3),
          Tensor.ofLongs(new long[] {Long.MIN_VALUE}, 1, 1),
          Tensor.ofInts(new int[] {7}),
          Tensor.ofBooleans(new boolean[] {true, false}, 2)
        }) {
      TensorFiles.write(folder.resolve("t.npy"), tensor);
      assertThat(TensorArgument.read("x", folder, "@t.npy", tensor.type())).isEqualTo(tensor);
    }
  }
}
