package ai.opengradient.store.lowering;

import org.jspecify.annotations.Nullable;

/** All operators of ONNX's main domain that can be lowered. */
final class Operators {
  private static final OperatorTable TABLE = table();

  private Operators() {}

  private static OperatorTable table() {
    OperatorTable table = new OperatorTable();
    Arithmetic.addTo(table);
    Comparisons.addTo(table);
    BitOperators.addTo(table);
    Activations.addTo(table);
    Trigonometry.addTo(table);
    Powers.addTo(table);
    Casts.addTo(table);
    Shaping.addTo(table);
    Slicing.addTo(table);
    Padding.addTo(table);
    Generators.addTo(table);
    Gathering.addTo(table);
    MatrixProducts.addTo(table);
    Convolutions.addTo(table);
    BatchNormalisation.addTo(table);
    Pooling.addTo(table);
    Normalisations.addTo(table);
    Softmaxes.addTo(table);
    Reductions.addTo(table);
    ControlFlow.addTo(table);
    Quantisation.addTo(table);
    QuantisedProducts.addTo(table);
    TransposedConvolution.addTo(table);
    Cumulation.addTo(table);
    TopK.addTo(table);
    Scattering.addTo(table);
    Resizing.addTo(table);
    LongShortTermMemory.addTo(table);
    GatedUnit.addTo(table);
    SimpleRecurrence.addTo(table);
    Attention.addTo(table);
    RotaryEmbedding.addTo(table);
    LinearAttention.addTo(table);
    CausalConvolution.addTo(table);
    Losses.addTo(table);
    Einsum.addTo(table);
    GridSample.addTo(table);
    AffineGrid.addTo(table);
    RegionAlignment.addTo(table);
    DeformableConvolution.addTo(table);
    Spectra.addTo(table);
    Determinants.addTo(table);
    TermFrequencies.addTo(table);
    Optionals.addTo(table);
    return table;
  }

  /** How to lower an operator; null if nobody knows. */
  static @Nullable Operator find(String name) {
    return TABLE.find(name);
  }
}
