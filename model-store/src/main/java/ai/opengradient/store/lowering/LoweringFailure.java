package ai.opengradient.store.lowering;

/**
 * Why an operator can't be lowered, thrown by those who don't know which node it is; {@link Lowering}
 * says that.
 */
@SuppressWarnings("serial") // never serialised
class LoweringFailure extends RuntimeException {
  LoweringFailure(String message) {
    super(message);
  }

  /** The value of a graph input decides a shape, or what is computed. */
  static final class NotConstant extends LoweringFailure {
    NotConstant(String what) {
      super(
          what + " depends on the model's inputs; fix it in the model, or bind the input to a value");
    }
  }
}
