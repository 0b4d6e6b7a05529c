package ai.opengradient.worker.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a worker may lie about. */
public enum Lie {
  /** Nothing: an honest worker. */
  NONE,
  /** One element of the claim is out of its band; the trace is right. */
  OUTPUT,
  /** The same, and the worker says nothing when it is challenged. */
  SILENT,
  /** The same, beside a trace of hashes of nothing. */
  TREE,
  /** The same, beside a trace with bytes behind a tensor's last element. */
  PADDING,
  /** All weights are rounded to 255 steps, as who saves memory may do. */
  WEIGHTS,
  /** One weight has the other sign. */
  WEIGHT,
  /** Everything is rounded to the precision of float16. */
  FP16,
  /** The input is another one. */
  INPUT,
  /** One element of the first computed node is wrong, and all that follows from it. */
  FIRST_NODE,
  /** One element of a computed node half-way. */
  MIDDLE_NODE,
  /** One element of the last computed node. */
  LAST_NODE;

  /** As it is written on a command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The lie of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Lie of(String word) {
    return Arrays.stream(values())
        .filter(lie -> lie.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no lie is called "
                    + word
                    + "; there are "
                    + Arrays.stream(values()).map(Lie::word).collect(Collectors.joining(", "))));
  }
}
