package ai.opengradient.besu.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The calls of {@code canon/vectors/calls.txt}, with what the Solidity contracts make of them. */
final class CorpusTest {
  private static final Path FILE = Path.of("../canon/vectors/calls.txt");

  /** Digits, or a number of zero bytes. */
  private static final Pattern PART = Pattern.compile("\\[(\\d+)]|([0-9a-f]+)");

  /**
   * One line.
   *
   * @param function that is called, or was before the call was damaged
   * @param outcome in a word or two
   * @param line as it stands in the file
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Entry(
      String function, String outcome, byte[] call, boolean returned, byte[] answer, String line) {
    static Entry parse(String line) {
      String[] fields = line.split("\\|", -1);
      return new Entry(
          fields[0],
          fields[1],
          bytes(fields[3]),
          fields[2].equals("returned"),
          bytes(fields[4]),
          line);
    }
  }

  private static List<Entry> entries() throws IOException {
    return Files.readAllLines(FILE).stream().map(Entry::parse).toList();
  }

  private static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher part = PART.matcher(text);
    while (part.find()) {
      bytes.writeBytes(
          part.group(1) == null
              ? HexFormat.of().parseHex(part.group(2))
              : new byte[Integer.parseInt(part.group(1))]);
    }
    return bytes.toByteArray();
  }

  @TestFactory
  List<DynamicTest> every_call_comes_to_what_the_contracts_make_of_it() throws IOException {
    return entries().stream()
        .collect(Collectors.groupingBy(entry -> entry.function() + ", " + entry.outcome()))
        .entrySet()
        .stream()
        .map(group ->
            DynamicTest.dynamicTest(
                group.getKey() + " (" + group.getValue().size() + ")",
                () -> group.getValue().forEach(CorpusTest::compare)))
        .toList();
  }

  private static void compare(Entry entry) {
    Outcome outcome = CanonPrecompile.run(entry.call());
    assertThat(outcome.returned()).as(entry.line()).isEqualTo(entry.returned());
    assertThat(outcome.data()).as(entry.line()).isEqualTo(entry.answer());
  }

  @Test
  void calls_are_not_changed() throws IOException {
    for (Entry entry : entries()) {
      byte[] call = entry.call().clone();
      CanonPrecompile.run(call);
      assertThat(call).as(entry.line()).isEqualTo(entry.call());
    }
  }

  @Test
  void every_function_is_called() throws IOException {
    assertThat(entries().stream().map(Entry::function))
        .contains(
            "specVersion", "describe", "step", "accumulate", "within", "rootOf", "rootOfLeaves");
  }
}
