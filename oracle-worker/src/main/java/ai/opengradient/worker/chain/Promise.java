package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.Keccak256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a call binds its sender to: a second, different call about the same subject would contradict
 * it before a court. It follows from the call's own data, whoever made the call and for whatever
 * purpose.
 *
 * @param subject what is answered for, such as {@code claim/17} or {@code reveal/17/5}
 * @param digest of the whole call
 */
public record Promise(String subject, Hash digest) {

  /** Stands for a call that the chain shows and nobody here has the bytes of. */
  private static final Hash UNKNOWN = Hash.of(new byte[Hash.LENGTH]);

  private static final String CLAIM = "claim";
  private static final int SELECTOR_DIGITS = 10;
  private static final int WORD_DIGITS = 64;
  private static final int HEXADECIMAL = 16;

  /**
   * How a function's subject is read.
   *
   * @param words how many of the first words of its arguments name the subject
   */
  private record Form(String kind, int words) {}

  private static final Map<String, Form> FORMS =
      Map.ofEntries(
          form(MarketCalls.CLAIM, CLAIM, 1),
          form(CourtCalls.ASSERT_TRACE, "assert-trace", 1),
          form(CourtCalls.REVEAL_NODES, "reveal", 2),
          form(CourtCalls.REVEAL_LEAVES, "reveal", 2),
          form(CourtCalls.REVEAL_LEAF, "reveal", 2),
          form(CourtCalls.REVEAL_VOID, "reveal", 2),
          form(CourtCalls.REVEAL_INPUT, "reveal", 2),
          form(CourtCalls.REVEAL_WEIGHT, "reveal", 2),
          form(CourtCalls.REVEAL_OUTPUT, "reveal", 2));

  private static Map.Entry<String, Form> form(String signature, String kind, int words) {
    return Map.entry(Abi.selector(signature), new Form(kind, words));
  }

  /** What the call binds to; empty if it can be contradicted by none. */
  public static Optional<Promise> of(Call call) {
    String data = call.data();
    if (data.length() < SELECTOR_DIGITS) {
      return Optional.empty();
    }
    Form form = FORMS.get(data.substring(0, SELECTOR_DIGITS));
    return form == null || data.length() < SELECTOR_DIGITS + form.words() * WORD_DIGITS
        ? Optional.empty()
        : Optional.of(new Promise(subject(form, data), digest(call)));
  }

  /** The claim of a job that stands on the chain: no other may follow. */
  public static Promise seenClaim(long job) {
    return new Promise(claimOf(job), UNKNOWN);
  }

  /** The subject of a job's claim. */
  public static String claimOf(long job) {
    return CLAIM + "/" + job;
  }

  private static String subject(Form form, String data) {
    return IntStream.range(0, form.words())
        .map(word -> SELECTOR_DIGITS + word * WORD_DIGITS)
        .mapToObj(start ->
            new BigInteger(data.substring(start, start + WORD_DIGITS), HEXADECIMAL).toString())
        .collect(Collectors.joining("/", form.kind() + "/", ""));
  }

  private static Hash digest(Call call) {
    return Keccak256.hash((call.to().hex() + call.data()).getBytes(StandardCharsets.US_ASCII));
  }
}
