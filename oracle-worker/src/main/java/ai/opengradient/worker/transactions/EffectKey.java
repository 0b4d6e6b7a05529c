package ai.opengradient.worker.transactions;

import java.util.Set;

/**
 * Names what a transaction is to bring about, so that it is intended once however often it is asked
 * for.
 *
 * @param value such as {@code claim/17}; 1 to 120 lower-case letters, digits, slashes and hyphens
 */
public record EffectKey(String value) {

  /** What can wait or be left undone, and costs nothing but itself. */
  private static final Set<String> FREE =
      Set.of("lease", "reclaim", "court-withdraw", "court-coin", "market-withdraw", "command");

  public EffectKey {
    if (!value.matches("[a-z0-9/-]{1,120}")) {
      throw new IllegalArgumentException("'" + value + "' is not the name of an effect");
    }
  }

  /** The effect of this kind on the job, version or other thing with this id. */
  public static EffectKey of(String effect, long id) {
    return new EffectKey(effect + "/" + id);
  }

  /** What it is about, such as {@code claim}. */
  public String kind() {
    return value.substring(0, (value + "/").indexOf('/'));
  }

  /** Whether a job, a dispute or money is lost without it. */
  public boolean binds() {
    return !FREE.contains(kind());
  }

  @Override
  public String toString() {
    return value;
  }
}
