package ai.opengradient.worker.tensorfile;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * PNG pictures as tensors of shape [1, C, H, W], [C, H, W], [1, H, W, C] or [H, W, C], with one
 * channel (grey) or three (red, green, blue). The picture must have the model's size. Colour
 * becomes grey by ITU-R BT.601's weights, transparency is left out.
 */
final class PictureFile {
  private static final int LIGHTEST = 255;

  private final BufferedImage image;
  private final Layout layout;

  /** Where a shape has its three axes. */
  private record Layout(boolean channelsFirst, int channels, int height, int width) {
    /** The layouts that the last three of a shape's axes may mean. */
    static List<Layout> of(List<Integer> shape) {
      List<Integer> axes = shape.subList(shape.size() - 3, shape.size());
      return Stream.of(
              new Layout(true, axes.get(0), axes.get(1), axes.get(2)),
              new Layout(false, axes.get(2), axes.get(0), axes.get(1)))
          .filter(layout -> layout.channels == 1 || layout.channels == 3)
          .toList();
    }

    boolean fits(BufferedImage image) {
      return image.getHeight() == height && image.getWidth() == width;
    }
  }

  private PictureFile(BufferedImage image, Layout layout) {
    this.image = image;
    this.layout = layout;
  }

  /**
   * Reads a picture. Elements of uint8 are 0 to 255 and take no range.
   *
   * @param low the float32 of black
   * @param high the float32 of white
   */
  static Tensor read(String subject, byte[] file, TensorType type, float low, float high) {
    List<Integer> shape = type.shape();
    boolean isOne = shape.size() == 3 || (shape.size() == 4 && shape.getFirst() == 1);
    boolean isSamples = type.dataType() == DataType.FLOAT32 || type.dataType() == DataType.UINT8;
    if (!isOne || !isSamples) {
      throw wrongShape(subject, "a picture is no " + type);
    }
    List<Layout> layouts = Layout.of(shape);
    if (layouts.isEmpty()) {
      throw wrongShape(subject, "a picture has 1 or 3 channels, the model wants " + type);
    }
    BufferedImage image = decode(subject, file);
    Layout layout =
        layouts.stream()
            .filter(candidate -> candidate.fits(image))
            .findFirst()
            .orElseThrow(() -> wrongSize(subject, image, layouts.getFirst()));
    return new PictureFile(image, layout).tensor(type, low, high);
  }

  private static OpgException wrongSize(String subject, BufferedImage image, Layout wanted) {
    return wrongShape(
        subject,
        "the picture has %d × %d pixels, the model wants %d × %d: scale it first"
            .formatted(image.getWidth(), image.getHeight(), wanted.width, wanted.height));
  }

  private Tensor tensor(TensorType type, float low, float high) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteLength()));
    int planes = layout.channelsFirst ? layout.channels : 1;
    for (int plane = 0; plane < planes; plane++) {
      for (int y = 0; y < layout.height; y++) {
        for (int x = 0; x < layout.width; x++) {
          for (int channel = 0; channel < layout.channels / planes; channel++) {
            put(bytes, type.dataType(), sample(x, y, plane + channel), low, high);
          }
        }
      }
    }
    return new Tensor(type, bytes.flip());
  }

  private static BufferedImage decode(String subject, byte[] file) {
    @Nullable BufferedImage image;
    try {
      image = ImageIO.read(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new OpgException(
          ErrorCode.TENSOR_FILE_INVALID, subject + ": the picture is broken: " + e, e);
    }
    if (image == null) {
      throw Elements.invalid(subject, "the file is no picture");
    }
    return image;
  }

  /** 0 to 255. */
  private int sample(int x, int y, int channel) {
    int pixel = image.getRGB(x, y);
    int red = pixel >> 16 & LIGHTEST;
    int green = pixel >> 8 & LIGHTEST;
    int blue = pixel & LIGHTEST;
    if (layout.channels == 1) {
      return (299 * red + 587 * green + 114 * blue + 500) / 1000;
    }
    return switch (channel) {
      case 0 -> red;
      case 1 -> green;
      default -> blue;
    };
  }

  private static void put(ByteBuffer bytes, DataType type, int sample, float low, float high) {
    if (type == DataType.UINT8) {
      bytes.put((byte) sample);
    } else {
      bytes.putFloat((float) (low + sample * ((double) high - low) / LIGHTEST));
    }
  }

  private static OpgException wrongShape(String subject, String problem) {
    return new OpgException(ErrorCode.TENSOR_WRONG_SHAPE, subject + ": " + problem);
  }
}
