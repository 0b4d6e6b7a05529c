package ai.opengradient.worker.tensorfile;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tensor given on the command line: {@code @file.npy}, {@code @file.json}, {@code @file.pb},
 * {@code @file.png}, or JSON itself. A picture's range may follow it: {@code @file.png:0..255}.
 */
public final class TensorArgument {
  private static final Pattern PICTURE =
      Pattern.compile("@(.*\\.png)(?::(.+)\\.\\.(.+))?", Pattern.CASE_INSENSITIVE);

  private TensorArgument() {}

  /**
   * Reads the tensor that an argument names.
   *
   * @param name the model's input, for messages
   * @param folder from which relative paths count
   * @param text the argument
   * @param type what the model wants; JSON takes its element type from it
   * @throws OpgException 105, 511, 512, 513 or 514
   */
  public static Tensor read(String name, Path folder, String text, TensorType type) {
    if (!text.startsWith("@")) {
      return JsonTensor.read("input " + name, text, type);
    }
    Matcher picture = PICTURE.matcher(text);
    if (picture.matches()) {
      return picture(name, folder, picture, type);
    }
    Path file = folder.resolve(text.substring(1));
    String subject = "input " + name + " in " + file;
    byte[] bytes = bytesOf(file);
    String extension = file.toString().replaceFirst(".*\\.", "").toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "npy" -> requireType(subject, NumpyFile.read(subject, bytes), type);
      case "pb" -> requireType(subject, OnnxTensorFile.read(subject, bytes), type);
      case "json" -> JsonTensor.read(subject, new String(bytes, StandardCharsets.UTF_8), type);
      default ->
          throw new OpgException(
              ErrorCode.TENSOR_FILE_INVALID,
              subject + ": the name ends in none of .npy, .json, .pb and .png");
    };
  }

  private static Tensor picture(String name, Path folder, Matcher picture, TensorType type) {
    Path file = folder.resolve(String.valueOf(picture.group(1)));
    String subject = "input " + name + " in " + file;
    String low = picture.group(2);
    String high = picture.group(3);
    try {
      return low == null || high == null
          ? PictureFile.read(subject, bytesOf(file), type, 0, 1)
          : PictureFile.read(
              subject, bytesOf(file), type, Float.parseFloat(low), Float.parseFloat(high));
    } catch (NumberFormatException e) {
      throw new OpgException(
          ErrorCode.TENSOR_FILE_INVALID,
          subject + ": '" + low + ".." + high + "' is not a range such as 0..255",
          e);
    }
  }

  private static byte[] bytesOf(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_READABLE, file + " can't be read", e);
    }
  }

  private static Tensor requireType(String subject, Tensor tensor, TensorType wanted) {
    if (tensor.type().dataType() != wanted.dataType()) {
      throw new OpgException(
          ErrorCode.TENSOR_WRONG_TYPE,
          subject + " is " + tensor.type() + ", the model wants " + wanted);
    }
    if (!tensor.type().equals(wanted)) {
      throw new OpgException(
          ErrorCode.TENSOR_WRONG_SHAPE,
          subject + " is " + tensor.type() + ", the model wants " + wanted);
    }
    return tensor;
  }
}
