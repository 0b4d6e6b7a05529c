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
  private final boolean isGrey;

  private PictureFile(BufferedImage image, boolean isGrey) {
    this.image = image;
    this.isGrey = isGrey;
  }

  /**
   * Reads a picture. Elements of uint8 are 0 to 255 and take no range.
   *
   * @param low the float32 of black
   * @param high the float32 of white
   */
  static Tensor read(String subject, byte[] file, TensorType type, float low, float high) {
    List<Integer> shape = type.shape();
    int first = shape.size() == 4 && shape.getFirst() == 1 ? 1 : 0;
    if (shape.size() - first != 3
        || (type.dataType() != DataType.FLOAT32 && type.dataType() != DataType.UINT8)) {
      throw wrongShape(subject, "a picture is no " + type);
    }
    boolean channelsFirst = isChannels(shape.get(first));
    int channels = shape.get(channelsFirst ? first : first + 2);
    int height = shape.get(channelsFirst ? first + 1 : first);
    int width = shape.get(channelsFirst ? first + 2 : first + 1);
    if (!isChannels(channels)) {
      throw wrongShape(subject, "a picture has 1 or 3 channels, the model wants " + type);
    }
    BufferedImage image = decode(subject, file);
    if (image.getHeight() != height || image.getWidth() != width) {
      throw wrongShape(
          subject,
          "the picture has %d × %d pixels, the model wants %d × %d: scale it first"
              .formatted(image.getWidth(), image.getHeight(), width, height));
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteLength()));
    PictureFile picture = new PictureFile(image, channels == 1);
    int outer = channelsFirst ? channels : 1;
    int inner = channelsFirst ? 1 : channels;
    for (int plane = 0; plane < outer; plane++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          for (int channel = 0; channel < inner; channel++) {
            put(bytes, type.dataType(), picture.sample(x, y, plane + channel), low, high);
          }
        }
      }
    }
    return new Tensor(type, bytes.flip());
  }

  private static boolean isChannels(int size) {
    return size == 1 || size == 3;
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
    if (isGrey) {
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
