package ai.opengradient.store.lowering;

/**
 * Why an operator can't be lowered, thrown by those who don't know which node it is; {@link
 * GraphWalk} says that.
 */
@SuppressWarnings("serial") // never serialised
abstract sealed class LoweringFailure extends RuntimeException {
  private LoweringFailure(String message) {
    super(message);
  }

  /** What ONNX allows and is refused here. The message says what the model's owner can do. */
  static final class Unsupported extends LoweringFailure {
    Unsupported(String message) {
      super(message);
    }
  }

  /** What ONNX does not allow. */
  static final class Invalid extends LoweringFailure {
    Invalid(String message) {
      super(message);
    }
  }

  /** A value decides a shape, or what is computed, and depends on the model's inputs. */
  static final class NotConstant extends LoweringFailure {
    private final transient Value value;

    /**
     * @param what the value is to the operator, for people
     */
    NotConstant(String what, Value value) {
      super(what + " depends on the model's inputs");
      this.value = value;
    }

    Value value() {
      return value;
    }
  }
}
