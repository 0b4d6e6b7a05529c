package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.access.Affine;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.elements.FloatElements;
import ai.opengradient.canon.engine.elements.PackedElements;
import ai.opengradient.canon.engine.parallel.Crew;
import ai.opengradient.canon.engine.step.Algorithm;
import ai.opengradient.canon.engine.step.Step;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/** A DOT as a batch of matrix products, part by part. */
final class MatrixDot implements Step {
  private final Node.Fold dot;
  private final List<Terms> terms;
  private final Product product;
  private final Addends addends;
  private final Affine places;

  /**
   * A DOT's.
   *
   * @param terms of its factors
   */
  MatrixDot(Node.Fold dot, List<Terms> terms, Product product, Addends addends) {
    this.dot = dot;
    this.terms = terms;
    this.product = product;
    this.addends = addends;
    int axes = product.rowTerms().newCoordinates().length;
    places = Affine.rowMajor(dot.space().toArray(), axes);
  }

  @Override
  public Algorithm algorithm() {
    return Algorithm.MATRIX;
  }

  @Override
  public Elements laid(int operand, Elements constant) {
    return operand == product.columnOperand()
            && constant instanceof FloatElements matrix
            && product.columnsAreRowsOfMatrix(matrix.count())
        ? new PackedElements(matrix, product.terms(), Tile.COLUMNS)
        : constant;
  }

  @Override
  public void run(List<Elements> operands, Elements result, Crew crew, Tally tally)
      throws InterruptedException {
    Partition partition = new Partition(product, crew.size());
    crew.share(
        partition.count(),
        (number, workspace) -> {
          Part part = partition.part(number);
          MatrixBlock block = new MatrixBlock(product, part, operands, workspace);
          PartElements elements = new PartElements(product, part, places, addends, operands);
          if (dot.dataType() == DataType.FLOAT32) {
            SingleDot single = new SingleDot(terms, operands, workspace);
            new FloatPart(block, elements, product.terms(), single, workspace).write(result, tally);
          } else {
            IntegerDot single = new IntegerDot(dot.dataType(), terms, addends, operands);
            new IntegerPart(block, elements, single, dot.dataType(), workspace).write(result);
          }
        });
  }
}
