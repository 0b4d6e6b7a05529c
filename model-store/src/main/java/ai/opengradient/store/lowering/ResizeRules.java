package ai.opengradient.store.lowering;

import ai.opengradient.store.graph.Attributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Which places of an axis make a place of a longer or shorter one, with which weights. Computed in
 * binary64 with the four operations of arithmetic, which are the same on every machine.
 *
 * <p>Source: ONNX, Resize, and its reference implementation.
 */
record ResizeRules(
    Mode mode,
    String transformation,
    String rounding,
    boolean smooth,
    boolean excludesOutside,
    double cubic) {
  private static final int MAXIMUM_NEIGHBOURS = 128;

  /** How neighbours are weighted. */
  private enum Mode {
    NEAREST,
    LINEAR,
    CUBIC
  }

  /**
   * What makes the places of the result.
   *
   * @param neighbours for each neighbour the places in the input
   * @param weights for each neighbour the weights
   * @param outside for each place whether there is nothing to interpolate
   */
  record Places(int size, List<int[]> neighbours, List<float[]> weights, List<Boolean> outside) {
    boolean hasOutside() {
      return outside.contains(true);
    }

    /** Whether each place is made of the same place alone. */
    boolean isIdentity(int before) {
      if (size != before) {
        return false;
      }
      for (int place = 0; place < size; place++) {
        for (int neighbour = 0; neighbour < neighbours.size(); neighbour++) {
          float weight = weights.get(neighbour)[place];
          boolean isSame = neighbours.get(neighbour)[place] == place && weight == 1;
          if (weight != 0 && !isSame) {
            return false;
          }
        }
      }
      return true;
    }
  }

  static ResizeRules of(Attributes attributes, int opset) {
    Mode mode =
        switch (attributes.text("mode", "nearest")) {
          case "nearest" -> Mode.NEAREST;
          case "linear", "bilinear" -> Mode.LINEAR;
          case "cubic" -> Mode.CUBIC;
          default -> throw new LoweringFailure.Invalid("there is no such mode of resizing");
        };
    boolean isOld = opset < 11;
    return new ResizeRules(
        mode,
        attributes.text("coordinate_transformation_mode", isOld ? "asymmetric" : "half_pixel"),
        attributes.text("nearest_mode", isOld ? "floor" : "round_prefer_floor"),
        attributes.flag("antialias", false),
        attributes.flag("exclude_outside", false),
        attributes.number("cubic_coeff_a", -0.75f));
  }

  boolean isNearest() {
    return mode == Mode.NEAREST;
  }

  /**
   * What makes the places of an axis.
   *
   * @param before elements of the input
   * @param after elements of the result
   * @param start of the region, as a part of the axis
   */
  Places places(int before, int after, double scale, double start, double end) {
    if (before == 0) {
      throw new LoweringFailure.Invalid("an axis without elements can't be resized");
    }
    int count = neighbours(scale);
    List<int[]> neighbours = new ArrayList<>();
    List<float[]> weights = new ArrayList<>();
    for (int neighbour = 0; neighbour < count; neighbour++) {
      neighbours.add(new int[after]);
      weights.add(new float[after]);
    }
    List<Boolean> outside = new ArrayList<>();
    for (int place = 0; place < after; place++) {
      double source = source(place, before, after, scale, start, end);
      boolean isCropped = transformation.equals("tf_crop_and_resize");
      outside.add(isCropped && (source < 0 || source > before - 1));
      if (isNearest()) {
        neighbours.getFirst()[place] = (int) Math.clamp(nearest(source), 0, before - 1);
        weights.getFirst()[place] = 1;
      } else {
        weigh(place, source, before, scale, neighbours, weights);
      }
    }
    return new Places(after, neighbours, weights, outside);
  }

  private void weigh(
      int place,
      double source,
      int before,
      double scale,
      List<int[]> neighbours,
      List<float[]> weights) {
    // The place below, so that the distance to it is above 0 and at most 1.
    double below = Math.ceil(source) - 1;
    int count = neighbours.size();
    double[] ofPlace = new double[count];
    double sum = 0;
    for (int neighbour = 0; neighbour < count; neighbour++) {
      int offset = neighbour + 1 - count / 2;
      double where = below + offset;
      boolean isOutside = where < 0 || where >= before;
      double weight = isOutside && excludesOutside ? 0 : weight(offset - (source - below), scale);
      ofPlace[neighbour] = weight;
      sum += weight;
      neighbours.get(neighbour)[place] = (int) Math.clamp(where, 0, before - 1);
    }
    boolean isShared = excludesOutside || isSmoothed(scale);
    for (int neighbour = 0; neighbour < count; neighbour++) {
      double share = isShared && sum != 0 ? ofPlace[neighbour] / sum : ofPlace[neighbour];
      weights.get(neighbour)[place] = (float) share;
    }
  }

  private boolean isSmoothed(double scale) {
    return smooth && scale < 1;
  }

  /** How many neighbours count. */
  int neighbours(double scale) {
    if (isNearest()) {
      return 1;
    }
    double reach = mode == Mode.LINEAR ? 1 : 2;
    double stretched = isSmoothed(scale) ? reach / scale : reach;
    double count = 2 - 2 * (Math.floor(-stretched) + 1);
    if (!(count <= MAXIMUM_NEIGHBOURS)) {
      throw new LoweringFailure.Unsupported(
          "a scale of " + scale + " takes too many neighbours; resize in several steps");
    }
    return (int) count;
  }

  /** Of a neighbour at a distance. */
  private double weight(double distance, double scale) {
    double x = Math.abs(distance * (isSmoothed(scale) ? scale : 1));
    if (mode == Mode.LINEAR) {
      return Math.max(0, 1 - x);
    } else if (x <= 1) {
      return ((cubic + 2) * x - (cubic + 3)) * x * x + 1;
    } else if (x < 2) {
      return ((cubic * x - 5 * cubic) * x + 8 * cubic) * x - 4 * cubic;
    }
    return 0;
  }

  private double nearest(double source) {
    return switch (rounding) {
      case "round_prefer_floor" -> Math.ceil(source - 0.5);
      case "round_prefer_ceil" -> Math.floor(source + 0.5);
      case "floor" -> Math.floor(source);
      case "ceil" -> Math.ceil(source);
      default -> throw new LoweringFailure.Invalid("there is no nearest_mode '" + rounding + "'");
    };
  }

  /** Where in the input a place of the result lies. */
  private double source(int place, int before, int after, double scale, double start, double end) {
    double length = scale * before;
    return switch (transformation) {
      case "half_pixel" -> (place + 0.5) / scale - 0.5;
      case "pytorch_half_pixel" -> length == 1 ? -0.5 : (place + 0.5) / scale - 0.5;
      case "half_pixel_symmetric" -> {
        double offset = before / 2.0 * (1 - after / length);
        yield offset + (place + 0.5) / scale - 0.5;
      }
      case "align_corners" -> length == 1 ? 0 : place * (before - 1.0) / (length - 1);
      case "asymmetric" -> place / scale;
      case "tf_crop_and_resize" -> {
        double first = start * (before - 1);
        yield length == 1
            ? first + (end - start) * (before - 1) / 2
            : first + place * (end - start) * (before - 1) / (length - 1);
      }
      default ->
          throw new LoweringFailure.Invalid(
              "there is no coordinate_transformation_mode '" + transformation + "'");
    };
  }
}
