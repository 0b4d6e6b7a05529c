package ai.opengradient.worker.transactions;

/**
 * Names what a transaction is to bring about, so that it is intended once however often it is asked
 * for.
 *
 * @param value such as {@code claim/17}; 1 to 120 lower-case letters, digits, slashes and hyphens
 */
public record EffectKey(String value) {

  public EffectKey {
    if (!value.matches("[a-z0-9/-]{1,120}")) {
      throw new IllegalArgumentException("'" + value + "' is not the name of an effect");
    }
  }

  /** The effect of this kind on the job, version or other thing with this id. */
  public static EffectKey of(String effect, long id) {
    return new EffectKey(effect + "/" + id);
  }

  @Override
  public String toString() {
    return value;
  }
}
