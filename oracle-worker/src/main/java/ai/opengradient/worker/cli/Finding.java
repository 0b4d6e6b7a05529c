package ai.opengradient.worker.cli;

import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What one check came to.
 *
 * @param check what was looked at
 * @param detail what was found, good or bad
 * @param failure the code of what is wrong; empty: nothing is
 */
record Finding(String check, String detail, Optional<ErrorCode> failure) {
  /**
   * Makes a check.
   *
   * @param examination gives what it found, or throws what is wrong
   */
  static Finding of(String check, Callable<String> examination) {
    try {
      return new Finding(check, examination.call(), Optional.empty());
    } catch (Exception wrong) {
      OpgException failure = Failures.of(wrong);
      return new Finding(
          check, failure.code().id() + " " + failure.detail(), Optional.of(failure.code()));
    }
  }

  boolean isSound() {
    return failure.isEmpty();
  }

  String wayOut() {
    return failure.map(ErrorCode::wayOut).orElse("");
  }

  Fields fields() {
    return new Fields()
        .with("check", check)
        .with("ok", isSound())
        .with("code", failure.map(ErrorCode::id).orElse(null))
        .with("detail", detail)
        .with("wayOut", failure.map(ErrorCode::wayOut).orElse(null));
  }
}
