package ai.opengradient.worker.cli;

import ai.opengradient.worker.error.ExitCode;
import java.util.List;
import java.util.Map;

/**
 * What a command found out or did.
 *
 * @param fields for programs, in the order in which they are printed: text, numbers, booleans,
 *     lists, maps
 * @param lines for people
 * @param exit how the command ends
 */
record Answer(Map<String, ?> fields, List<String> lines, ExitCode exit) {
  Answer(Map<String, ?> fields, List<String> lines) {
    this(fields, lines, ExitCode.OK);
  }

  Answer(Map<String, ?> fields, String text) {
    this(fields, List.of(text));
  }
}
