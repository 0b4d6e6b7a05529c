package ai.opengradient.worker.serve;

import ai.opengradient.canon.commitment.Hash;

/** The file is another program than the registered one: whoever served it would be convicted. */
public final class WrongProgram extends Exception {
  private static final long serialVersionUID = 1L;

  public WrongProgram(Hash registered, Hash lowered) {
    super("the file's program is " + lowered + ", but the registered one is " + registered);
  }
}
