package ai.opengradient.canon.engine.elements;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Vectors of binary64 and vectors of as many float32, and the ways between them. */
public final class Lanes {
  /** As wide as the processor has them. */
  public static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  /** Half as wide. */
  public static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

  /** Lanes of either. */
  public static final int COUNT = DOUBLES.length();

  private Lanes() {}

  /** The same numbers. */
  public static DoubleVector widened(FloatVector floats) {
    return (DoubleVector) floats.convertShape(VectorOperators.F2D, DOUBLES, 0);
  }

  /** The nearest float32. */
  public static FloatVector rounded(DoubleVector doubles) {
    return (FloatVector) doubles.convertShape(VectorOperators.D2F, FLOATS, 0);
  }
}
