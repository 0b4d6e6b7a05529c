package ai.opengradient.store.lowering;

import ai.opengradient.store.graph.Attributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The windows of a convolution or pooling, one for each spatial axis.
 *
 * <p>Source: ONNX, Conv and MaxPool.
 */
record Windows(List<Window> axes) {
  /**
   * How a window moves along one axis.
   *
   * @param size elements of the input
   * @param kernel elements of the window
   * @param before padding in front of the input
   * @param after padding behind it
   * @param places of the window: elements of the output
   */
  record Window(int size, int kernel, int stride, int dilation, int before, int after, int places) {
    /** Where in the input an element of a window lies. */
    Access access(int place, int element) {
      return Access.affine(-before, Access.part(place, stride), Access.part(element, dilation));
    }

    /** How many elements of a window lie on the input or its padding. */
    int covered(int place) {
      int covered = 0;
      for (int element = 0; element < kernel; element++) {
        if ((long) place * stride + (long) element * dilation < (long) before + size + after) {
          covered++;
        }
      }
      return covered;
    }

    private long span() {
      return (long) (kernel - 1) * dilation + 1;
    }

    /** What it takes for one place of the window to every stride of the input. */
    private long samePadding() {
      long atStrides = Math.ceilDiv(size, stride);
      return Math.max(0, (atStrides - 1) * stride + span() - size);
    }

    /**
     * With this padding and the places that fit; with a ceiling also one that ends beyond, but
     * starts before the end.
     */
    private Window padded(long front, long behind, boolean ceiling) {
      long room = size + front + behind - span();
      long fitting = Math.floorDiv(room, stride) + 1;
      if (ceiling) {
        fitting = Math.ceilDiv(room, (long) stride) + 1;
        if ((fitting - 1) * stride >= size + front) {
          fitting--;
        }
      }
      return new Window(
          size,
          kernel,
          stride,
          dilation,
          Math.toIntExact(front),
          Math.toIntExact(behind),
          Shapes.dimension(Math.max(0, fitting)));
    }
  }

  Windows {
    axes = List.copyOf(axes);
  }

  /**
   * As a node's attributes say.
   *
   * @param value of two axes for batch and channels, then the spatial ones
   * @param kernel elements of a window
   */
  static Windows of(Attributes attributes, Value value, List<Integer> kernel) {
    int rank = value.rank() - 2;
    if (rank < 1 || kernel.size() != rank) {
      throw new LoweringFailure.Invalid(
          "a kernel of " + kernel + " does not fit a tensor of " + value.shape());
    }
    List<Integer> strides = perAxis(attributes, "strides", rank, 1);
    List<Integer> dilations = perAxis(attributes, "dilations", rank, 1);
    List<Integer> pads = perAxis(attributes, "pads", 2 * rank, 0);
    String padding = attributes.text("auto_pad", "NOTSET");
    boolean ceiling = attributes.flag("ceil_mode", false);
    List<Window> windows = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      Window window =
          new Window(
              value.dimension(axis + 2),
              atLeastOne("kernel", kernel.get(axis)),
              atLeastOne("stride", strides.get(axis)),
              atLeastOne("dilation", dilations.get(axis)),
              pads.get(axis),
              pads.get(axis + rank),
              0);
      windows.add(placed(window, padding, ceiling));
    }
    return new Windows(windows);
  }

  /** The attribute kernel_shape, which pooling must have. */
  static List<Integer> kernelShape(Attributes attributes) {
    return attributes
        .integers("kernel_shape")
        .map(Shapes::dimensions)
        .orElseThrow(() -> new LoweringFailure.Invalid("the kernel_shape is missing"));
  }

  static List<Integer> perAxis(Attributes attributes, String name, int count, int standard) {
    List<Integer> numbers =
        attributes
            .integers(name)
            .filter(list -> !list.isEmpty())
            .map(Shapes::dimensions)
            .orElseGet(() -> Collections.nCopies(count, standard));
    if (numbers.size() != count) {
      throw new LoweringFailure.Invalid(name + " must be " + count + " numbers, not " + numbers);
    }
    return numbers;
  }

  static int atLeastOne(String what, int number) {
    if (number < 1) {
      throw new LoweringFailure.Invalid("a " + what + " of " + number + " is none");
    }
    return number;
  }

  private static Window placed(Window window, String padding, boolean ceiling) {
    return switch (padding) {
      case "NOTSET", "" -> window.padded(window.before(), window.after(), ceiling);
      case "VALID" -> window.padded(0, 0, ceiling);
      case "SAME_UPPER" -> {
        long total = window.samePadding();
        yield window.padded(total / 2, total - total / 2, false);
      }
      case "SAME_LOWER" -> {
        long total = window.samePadding();
        yield window.padded(total - total / 2, total / 2, false);
      }
      default -> throw new LoweringFailure.Invalid("there is no auto_pad '" + padding + "'");
    };
  }

  List<Integer> places() {
    return axes.stream().map(Window::places).toList();
  }

  List<Integer> kernel() {
    return axes.stream().map(Window::kernel).toList();
  }

  /**
   * Where in the input the elements of the windows lie.
   *
   * @param firstPlace the axis of the first window's places
   * @param firstElement the axis of the first window's elements
   */
  List<Access> accesses(int firstPlace, int firstElement) {
    List<Access> accesses = new ArrayList<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      accesses.add(axes.get(axis).access(firstPlace + axis, firstElement + axis));
    }
    return accesses;
  }
}
