package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.elements.FloatElements;
import ai.opengradient.canon.engine.parallel.Workspace;
import ai.opengradient.canon.engine.parallel.Workspace.Use;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.program.Reduction;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** MAX and MIN of float32. */
final class FloatExtreme implements ElementFold {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final boolean isGreatest;
  private final Elements source;
  private final Row row;
  private final int terms;
  private final double[] values;

  FloatExtreme(Reduction reduction, Terms terms, Elements source, Workspace workspace) {
    isGreatest = reduction == Reduction.MAX;
    this.source = source;
    row = new Row(terms);
    this.terms = terms.count();
    values = workspace.array(Use.FIRST_TERMS, this.terms);
  }

  @Override
  public long element(int[] x, Tally tally) {
    row.locate(x);
    double ofNothing = isGreatest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    row.read(source, 0, terms, ofNothing, values, 0, 1);
    return FloatElements.bits((float) (isGreatest ? greatest() : least()));
  }

  private double greatest() {
    DoubleVector extremes = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
    int term = 0;
    for (; term + LANES <= terms; term += LANES) {
      extremes = extremes.max(DoubleVector.fromArray(SPECIES, values, term));
    }
    double extreme = extremes.reduceLanes(VectorOperators.MAX);
    for (; term < terms; term++) {
      extreme = Math.max(extreme, values[term]);
    }
    return extreme;
  }

  private double least() {
    DoubleVector extremes = DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
    int term = 0;
    for (; term + LANES <= terms; term += LANES) {
      extremes = extremes.min(DoubleVector.fromArray(SPECIES, values, term));
    }
    double extreme = extremes.reduceLanes(VectorOperators.MIN);
    for (; term < terms; term++) {
      extreme = Math.min(extreme, values[term]);
    }
    return extreme;
  }
}
