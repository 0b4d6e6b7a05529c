package ai.opengradient.canon.engine.elements;

import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;

/**
 * The elements of a float32 matrix in bands of some rows, in each of which the rows lie between
 * each other: what a product of matrices reads in one go, while everything else can still read it
 * as a tensor, if more slowly.
 */
public final class PackedElements extends Elements {
  private final int rows;
  private final int terms;
  private final int width;

  /** Term k of row r at {@code (r / width · terms + k) · width + r % width}. */
  private final float[] values;

  /** By row: the sum of its terms' squares in binary64. */
  private final double[] squares;

  /**
   * Of a matrix whose rows stand one after the other in another tensor.
   *
   * @param terms elements of a row
   * @param width rows of a band
   */
  public PackedElements(FloatElements matrix, int terms, int width) {
    super(DataType.FLOAT32, matrix.count());
    rows = matrix.count() / terms;
    this.terms = terms;
    this.width = width;
    values = new float[Math.ceilDiv(rows, width) * width * terms];
    squares = new double[Math.ceilDiv(rows, width) * width];
    float[] source = matrix.values();
    for (int row = 0; row < rows; row++) {
      for (int term = 0; term < terms; term++) {
        float value = source[row * terms + term];
        values[bandPlace(row / width, term) + row % width] = value;
        squares[row] += (double) value * value;
      }
    }
  }

  private int bandPlace(int band, int term) {
    return (band * terms + term) * width;
  }

  private float value(int place) {
    int row = place / terms;
    return values[bandPlace(row / width, place % terms) + row % width];
  }

  /** Whether this is a matrix of rows of so many terms in bands of so many rows. */
  public boolean isPacked(int termsOfRow, int rowsOfBand) {
    return terms == termsOfRow && width == rowsOfBand;
  }

  /**
   * Reads the terms from one to below another of a band's rows as binary64: first those of the
   * first term, row by row. Rows beyond the last are zeros.
   */
  public void readBand(int band, int from, int to, double[] target, int at) {
    int first = bandPlace(band, from);
    int length = (to - from) * width;
    for (int position = 0; position < length; position++) {
      target[at + position] = values[first + position];
    }
  }

  /** Reads the sums of the squares of a band's rows, each rounded as often as there are terms. */
  public void readSquares(int band, double[] target, int at) {
    System.arraycopy(squares, band * width, target, at, width);
  }

  @Override
  public long element(int index) {
    return FloatElements.bits(value(index));
  }

  @Override
  public void copy(int from, int stride, int length, Elements target, int at) {
    read(from, stride, length, ((FloatElements) target).values(), at);
  }

  @Override
  public void read(int from, int stride, int length, long[] target, int at) {
    for (int position = 0; position < length; position++) {
      target[at + position] = element(from + stride * position);
    }
  }

  @Override
  public void read(int from, int stride, int length, float[] target, int at) {
    for (int position = 0; position < length; position++) {
      target[at + position] = value(from + stride * position);
    }
  }

  @Override
  public void read(int from, int stride, int length, double[] target, int at, int step) {
    for (int position = 0; position < length; position++) {
      target[at + step * position] = value(from + stride * position);
    }
  }

  @Override
  public void interleave(int[] from, int stride, int length, double[] target, int at, int step) {
    for (int position = 0; position < length; position++) {
      for (int run = 0; run < from.length; run++) {
        target[at + position * step + run] = value(from[run] + position * stride);
      }
    }
  }

  @Override
  public void fill(int at, int length, long element) {
    throw isReadOnly();
  }

  @Override
  public void write(long[] source, int length, int at) {
    throw isReadOnly();
  }

  @Override
  public void decode(ByteBuffer bytes, int at, int length) {
    throw isReadOnly();
  }

  @Override
  public void encode(int from, int length, ByteBuffer bytes) {
    for (int position = 0; position < length; position++) {
      bytes.putFloat(position * Float.BYTES, value(from + position));
    }
  }

  private static IllegalStateException isReadOnly() {
    return new IllegalStateException("a packed matrix can only be read");
  }
}
