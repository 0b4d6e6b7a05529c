package ai.opengradient.besu.precompile;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * Answers the calls that it reads from standard input, for tests in other languages. A call is u32
 * length ‖ bytes, an answer u8 (1 returned, 0 reverted) ‖ u64 gas ‖ u32 length ‖ bytes, all
 * big-endian. Ends with the input.
 */
final class ReplayMain {
  private static final int BUFFER = 1 << 20;

  private ReplayMain() {}

  public static void main(String[] arguments) throws IOException {
    DataInputStream calls = new DataInputStream(new BufferedInputStream(System.in, BUFFER));
    DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(System.out, BUFFER));
    while (true) {
      if (calls.available() == 0) {
        answers.flush();
      }
      int length;
      try {
        length = calls.readInt();
      } catch (EOFException e) {
        answers.flush();
        return;
      }
      byte[] call = calls.readNBytes(length);
      Outcome outcome = CanonPrecompile.run(call);
      answers.writeByte(outcome.returned() ? 1 : 0);
      answers.writeLong(CanonPrecompile.gas(call));
      answers.writeInt(outcome.data().length);
      answers.write(outcome.data());
    }
  }
}
