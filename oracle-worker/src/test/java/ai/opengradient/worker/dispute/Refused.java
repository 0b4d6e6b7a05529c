package ai.opengradient.worker.dispute;

/** What the referee does not take. It changes nothing. */
@SuppressWarnings("serial") // never serialised
final class Refused extends RuntimeException {
  Refused(String message) {
    super(message);
  }

  static void unless(boolean holds, String message) {
    if (!holds) {
      throw new Refused(message);
    }
  }
}
