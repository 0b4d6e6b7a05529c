package ai.opengradient.store.lowering;

import java.util.Map;

/** Operators of ONNX that no program can be, and what the owner of a model can do. */
final class RefusedOperators {
  private static final String CHANCE =
      "what it gives is left to chance; make the numbers outside and give them as an input";
  private static final String SIZE =
      "how much it gives depends on the data; end the model before it, or keep all with a mask";
  private static final String TEXT = "texts are no tensors here; do this before the model";
  private static final String SEQUENCE =
      "sequences are no tensors here; export the model with tensors, for example Concat and Split";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("Bernoulli", CHANCE),
          Map.entry("Multinomial", CHANCE),
          Map.entry("RandomNormal", CHANCE),
          Map.entry("RandomNormalLike", CHANCE),
          Map.entry("RandomUniform", CHANCE),
          Map.entry("RandomUniformLike", CHANCE),
          Map.entry("NonMaxSuppression", SIZE),
          Map.entry("Unique", SIZE),
          Map.entry(
              "ImageDecoder",
              "the size of a picture depends on the data; decode it before the model"),
          Map.entry("RegexFullMatch", TEXT),
          Map.entry("StringConcat", TEXT),
          Map.entry("StringNormalizer", TEXT),
          Map.entry("StringSplit", TEXT),
          Map.entry("ConcatFromSequence", SEQUENCE),
          Map.entry("SequenceAt", SEQUENCE),
          Map.entry("SequenceConstruct", SEQUENCE),
          Map.entry("SequenceEmpty", SEQUENCE),
          Map.entry("SequenceErase", SEQUENCE),
          Map.entry("SequenceInsert", SEQUENCE),
          Map.entry("SequenceLength", SEQUENCE),
          Map.entry("SequenceMap", SEQUENCE),
          Map.entry("SplitToSequence", SEQUENCE));

  private RefusedOperators() {}

  /** Why an operator that nobody lowers is refused. */
  static String reason(String domain, String operator) {
    if (!domain.isEmpty()) {
      return "operators of the domain '"
          + domain
          + "' are not supported; export the model with ONNX's own";
    }
    return REASONS.getOrDefault(
        operator, "the operator is not supported; replace it in the model by others");
  }
}
