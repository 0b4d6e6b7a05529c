package ai.opengradient.store.onnx;

import java.util.Map;

/** A dimension of an input or output as the ONNX file states it. */
public sealed interface Dimension {

  /** Its number; 0 if it is open and has none of these sizes. */
  default int size(Map<String, Integer> sizes) {
    return switch (this) {
      case Fixed(int size) -> size;
      case Symbolic(String name) -> sizes.getOrDefault(name, 0);
    };
  }

  /**
   * A number that every run has.
   *
   * @param size at least 1
   */
  record Fixed(int size) implements Dimension {
    @Override
    public String toString() {
      return Integer.toString(size);
    }
  }

  /**
   * A number that a binding gives.
   *
   * @param name the file's own, or {@code tensor[axis]} where the file has none
   */
  record Symbolic(String name) implements Dimension {
    @Override
    public String toString() {
      return name;
    }
  }
}
