package ai.opengradient.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.examples.BenchmarkModels;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.ErrorPage;
import ai.opengradient.worker.testing.LoopbackServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  /** Nothing listens there. */
  private static final String NOBODY = "http://127.0.0.1:1";

  @TempDir Path folder = Path.of("");

  @Test
  void everyCommandHasHelp() {
    for (CommandLine command : allCommands()) {
      String path = command.getCommandSpec().qualifiedName();
      List<String> arguments = new ArrayList<>(List.of(path.split(" ")));
      arguments.removeFirst();
      arguments.add("--help");
      Invocation help = Invocation.of(folder, arguments.toArray(String[]::new));
      assertThat(help.exit()).as(path).isZero();
      assertThat(help.out()).contains("Usage: " + path).contains("--json").contains("--config");
      assertThat(command.getCommandSpec().usageMessage().description()).as(path).isNotEmpty();
    }
  }

  @Test
  void theCommandsAreThoseOfTheManual() throws IOException {
    String manual = Files.readString(Path.of("../docs/cli.md"));
    for (CommandLine command : allCommands()) {
      if (command.getSubcommands().isEmpty()) {
        assertThat(manual).contains("`" + command.getCommandSpec().qualifiedName());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "job",
        "--nonsense",
        "model show",
        "model show one",
        "model show -1",
        "model show 4294967296",
        "job request -1",
        "job result -1",
        "job result 99999999999999999999",
        "job watch 1 --timeout -5",
        "model register x --model -1",
        "worker serve -1 --price 1 --bond-limit 1",
        "explain",
        "worker stake 1 --withdrawal 0x12",
        "config explain none"
      })
  void wrongUsageEndsWithTwo(String line) {
    Invocation wrong = Invocation.json(folder, line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.failure().get("code").asText()).isEqualTo("OPG-101");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e5", "-1", "0.0000000000000000001", "1,5", "79228162514.264337593543950336"})
  void anAmountIsAPlainDecimal(String amount) {
    Invocation wrong = Invocation.json(folder, "worker", "stake", "--", amount);
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.failure().get("code").asText()).isEqualTo("OPG-108");
  }

  @Test
  void aFailureSaysCodeCauseAndWayOut() {
    Invocation failed = Invocation.of(folder, "explain", "OPG-999");
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .isEqualTo(
            "OPG-109 Unknown error code: 'OPG-999' is not a code. `opg explain --all` lists them.\n");
    JsonNode failure = Invocation.json(folder, "explain", "OPG-999").failure();
    assertThat(failure.fieldNames())
        .toIterable()
        .containsExactly("code", "title", "detail", "wayOut", "exit");
    assertThat(failure.get("exit").asInt()).isEqualTo(failed.exit()).isEqualTo(2);
  }

  @Test
  void explainsEveryCode() {
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(Invocation.json(folder, "explain", code.id()).answer().get("title").asText())
          .isEqualTo(code.title());
    }
    assertThat(Invocation.of(folder, "explain", "--all").out()).isEqualTo(ErrorPage.render());
  }

  @Test
  void tellsAllMistakesOfAConfiguration() {
    write(
        "opg.properties",
        "chain.rcp=x\nstore.gateway-port=x\ninference.memory=2\npolicy.lease=x\noffer.1.price=x");
    Invocation check = Invocation.of(folder, "config", "check");
    assertThat(check.exit()).isEqualTo(2);
    assertThat(check.err())
        .startsWith("OPG-103 Wrong configuration")
        .contains("did you mean chain.rpc?", "store.gateway-port", "inference.memory")
        .contains("policy.lease", "offer.1.price", "offer.1.bond-limit", "7 mistakes");
  }

  @Test
  void checksAndExplainsTheConfiguration() {
    write("other.properties", "chain.rpc=" + NOBODY + "\noffer.3.price=0.5\noffer.3.bond-limit=7");
    JsonNode answer =
        Invocation.json(folder, "--config", "other.properties", "config", "check").answer();
    assertThat(answer.get("offers").get(0).get("price").asText()).isEqualTo("0.5");
    assertThat(answer.get("data").asText()).isEqualTo(folder.resolve("data").toString());
    assertThat(Invocation.of(folder, "config", "explain").out())
        .contains("chain.rpc", "OPG_CHAIN_RPC", "offer.N.price", "default: 60s");
    assertThat(Invocation.json(folder, "config", "explain", "chain.rpc").answer().get("keys"))
        .hasSize(1);
    assertThat(Invocation.of(folder, "--config", "none", "config", "check").exit()).isEqualTo(2);
  }

  @Test
  void completesCommandLines() {
    assertThat(Invocation.of(folder, "completion", "bash").out())
        .contains("complete -F")
        .contains("doctor")
        .contains("--accept-undisputable");
  }

  @Test
  void aChainThatIsNotThereEndsWithThree() {
    write("opg.properties", "chain.rpc=" + NOBODY);
    assertThat(Invocation.json(folder, "model", "list").failure().get("code").asText())
        .isEqualTo("OPG-104");
    String address = "\"0x" + "1".repeat(40) + "\"";
    write(
        "deployment.json",
        ("{'chainId':1,'token':A,'models':A,'workers':A,'parameterSets':A,'market':A,'court':A,"
                + "'governor':A,'blockNumber':1,'genesisHash':'0x"
                + "0".repeat(64)
                + "','profile':'local'}")
            .replace("A", address)
            .replace('\'', '"'));
    Invocation unreachable = Invocation.json(folder, "model", "list");
    assertThat(unreachable.exit()).isEqualTo(3);
    assertThat(unreachable.failure().get("code").asText()).isEqualTo("OPG-201");
  }

  @Test
  void inspectsAndPublishesAModel() {
    Path model = write("line.onnx", BenchmarkModels.line());
    JsonNode inspected = Invocation.json(folder, "model", "inspect", "line.onnx").answer();
    String output = inspected.get("outputs").get(0).get("name").asText();
    JsonNode published =
        Invocation.json(
                folder,
                "model",
                "publish",
                model.toString(),
                "--licence",
                "MIT",
                "--band",
                output + "=1e-3,1e-4")
            .answer();
    assertThat(published.get("name").asText()).isEqualTo("line");
    assertThat(published.get("inputs")).isEqualTo(inspected.get("inputs"));
    assertThat(Invocation.of(folder, "store", "pin").out())
        .contains(published.get("manifest").asText(), published.get("file").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--licence MIT --band nothing=1,0 | OPG-515 | 2",
        "--licence MIT --band y=1 | OPG-101 | 2",
        "--licence MIT --domain nothing=1,2 | OPG-515 | 2",
        "--name x | OPG-101 | 2",
      })
  void refusesToPublishWhatContradictsTheModel(String options, String code, int exit) {
    write("line.onnx", BenchmarkModels.line());
    List<String> arguments = new ArrayList<>(List.of("model", "publish", "line.onnx"));
    arguments.addAll(List.of(options.split(" ")));
    Invocation refused = Invocation.json(folder, arguments.toArray(String[]::new));
    assertThat(refused.failure().get("code").asText()).isEqualTo(code);
    assertThat(refused.exit()).isEqualTo(exit);
  }

  @Test
  void refusesWhatIsNoModel() {
    write("broken.onnx", "not a model".getBytes(StandardCharsets.UTF_8));
    Invocation broken = Invocation.json(folder, "model", "inspect", "broken.onnx");
    assertThat(broken.exit()).isEqualTo(6);
    assertThat(broken.failure().get("code").asText()).isEqualTo("OPG-501");
    Invocation missing = Invocation.json(folder, "model", "inspect", "missing.onnx");
    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.failure().get("code").asText()).isEqualTo("OPG-105");
  }

  /** Whatever a model's file says of itself, both commands that read it refuse it alike. */
  @ParameterizedTest
  @CsvSource({
    "EXTERNAL_DATA, OPG-502, 4",
    "CUSTOM_DOMAIN, OPG-502, 4",
    "BROKEN_PROTOBUF, OPG-501, 6",
    "TWO_GIGABYTES_IN_ONE_KILOBYTE, OPG-501, 6"
  })
  void refusesHostileModels(HostileModel model, String code, int exit) {
    byte[] bytes = model.bytes();
    assertThat(bytes).hasSizeLessThan(1024);
    write("hostile.onnx", bytes);
    for (String line :
        List.of("model inspect hostile.onnx", "model publish hostile.onnx --licence MIT")) {
      Invocation refused = Invocation.json(folder, line.split(" "));
      assertThat(refused.failure().get("code").asText()).as(line).isEqualTo(code);
      assertThat(refused.exit()).isEqualTo(exit);
    }
    assertThat(folder.resolve("store/blocks"))
        .satisfiesAnyOf(
            blocks -> assertThat(blocks).doesNotExist(),
            blocks -> assertThat(blocks).isEmptyDirectory());
  }

  @Test
  void keepsFilesByContent() throws IOException {
    byte[] content = "some content".getBytes(StandardCharsets.UTF_8);
    write("file", content);
    String id = Invocation.json(folder, "store", "add", "file").answer().get("cid").asText();
    assertThat(Invocation.of(folder, "store", "get", id, "copy").exit()).isZero();
    assertThat(Files.readAllBytes(folder.resolve("copy"))).isEqualTo(content);
    assertThat(Invocation.json(folder, "store", "get", id, "copy").failure().get("code").asText())
        .isEqualTo("OPG-107");
    assertThat(Invocation.of(folder, "store", "gc", "--spare-minutes", "0").out())
        .startsWith("Took out 0 blocks");
    assertThat(Invocation.of(folder, "store", "pin", id, "--remove").out()).isEmpty();
    assertThat(Invocation.json(folder, "store", "gc").answer().get("spared").asLong()).isEqualTo(1);
    assertThat(Invocation.of(folder, "store", "pin", id).out()).contains(id);
    Files.delete(folder.resolve("copy"));
    try (var blocks = Files.walk(folder.resolve("store/blocks"))) {
      for (Path block : blocks.filter(Files::isRegularFile).toList()) {
        Files.writeString(block, "other content");
      }
    }
    Invocation corrupt = Invocation.json(folder, "store", "get", id, "copy");
    assertThat(corrupt.exit()).isEqualTo(6);
    assertThat(corrupt.failure().get("code").asText()).isEqualTo("OPG-403");
    assertThat(folder.resolve("copy")).doesNotExist();
  }

  @Test
  void keepsFoldersByContentAndCarriesThemInArchives() throws IOException {
    Files.createDirectories(folder.resolve("model/weights"));
    write("model/a", "one".getBytes(StandardCharsets.UTF_8));
    write("model/weights/b", "two".getBytes(StandardCharsets.UTF_8));
    String id = Invocation.json(folder, "store", "add", "model").answer().get("cid").asText();

    assertThat(Invocation.of(folder, "store", "get", id, "copy").exit()).isZero();
    assertThat(folder.resolve("copy/weights/b")).hasContent("two");
    assertThat(Invocation.of(folder, "store", "get", id + "/weights/b", "b").exit()).isZero();
    assertThat(folder.resolve("b")).hasContent("two");
    assertThat(code("store", "get", id + "/absent", "c")).isEqualTo("OPG-402");
    assertThat(code("store", "get", id + "/../b", "c")).isEqualTo("OPG-412");

    assertThat(Invocation.of(folder, "store", "export", id, "model.car").exit()).isZero();
    assertThat(code("store", "export", id, "model.car")).isEqualTo("OPG-107");
    Path other = Files.createDirectories(folder.resolve("elsewhere"));
    Files.move(folder.resolve("model.car"), other.resolve("model.car"));
    Invocation imported = Invocation.json(other, "store", "import", "model.car");
    assertThat(imported.answer().get("roots").get(0).asText()).isEqualTo(id);
    assertThat(Invocation.of(other, "store", "pin").out()).contains(id);
    assertThat(Invocation.of(other, "store", "get", id + "/a", "a").exit()).isZero();
    write("broken.car", "no archive".getBytes(StandardCharsets.UTF_8));
    assertThat(code("store", "import", "broken.car")).isEqualTo("OPG-413");
  }

  private String code(String... arguments) {
    return Invocation.json(folder, arguments).failure().get("code").asText();
  }

  @Test
  void saysWhatIsNotInTheStore() {
    String unknown = "bafkreihupwnzenxxmi6iop5enrchgyxhrse2a36t4qwb6sdxafbe3vvsly";
    Invocation missing = Invocation.json(folder, "store", "get", unknown, "copy");
    assertThat(missing.exit()).isEqualTo(5);
    assertThat(missing.failure().get("code").asText()).isEqualTo("OPG-402");
    Invocation wrong = Invocation.json(folder, "store", "get", "nothing", "copy");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.failure().get("code").asText()).isEqualTo("OPG-401");
  }

  @Test
  void initMakesPrivateFilesOnce() throws IOException {
    String[] init = {"worker", "init", "--folder", "w", "--rpc", NOBODY};
    assertThat(Invocation.json(folder, init).answer().get("worker").asText()).startsWith("0x");
    for (String file : List.of("keystore.json", "password", "admin.token", "opg.properties")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve("w").resolve(file)))
          .as(file)
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    assertThat(Invocation.of(folder, "--config", "w/opg.properties", "config", "check").exit())
        .isZero();
    Invocation again = Invocation.json(folder, init);
    assertThat(again.exit()).isEqualTo(4);
    assertThat(again.failure().get("code").asText()).isEqualTo("OPG-107");
  }

  @Test
  void speaksWithTheRunningWorker() throws IOException {
    LoopbackServer worker =
        new LoopbackServer(
            0,
            exchange -> {
              boolean known =
                  "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
              String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
              answer(exchange, known ? 200 : 401, "{\"asked\":\"" + asked + "\"}");
            });
    write("opg.properties", "chain.rpc=" + NOBODY + "\nadmin.port=" + worker.url().getPort());
    write("admin.token", "secret\n");
    assertThat(Invocation.json(folder, "worker", "status").answer().get("asked").asText())
        .isEqualTo("GET /status");
    assertThat(Invocation.json(folder, "worker", "drain").answer().get("asked").asText())
        .isEqualTo("POST /drain");
    assertThat(Invocation.json(folder, "job", "show", "7").answer().get("asked").asText())
        .isEqualTo("GET /jobs/7");
    assertThat(Invocation.json(folder, "job", "retry", "7").answer().get("asked").asText())
        .isEqualTo("POST /jobs/7/retry");
    assertThat(Invocation.json(folder, "job", "quarantine").answer().get("asked").asText())
        .isEqualTo("GET /quarantine");
    assertThat(
            Invocation.json(folder, "job", "quarantine", "7", "--reason", "it's ill")
                .answer()
                .get("asked")
                .asText())
        .isEqualTo("POST /jobs/7/quarantine?reason=it%27s+ill");
    assertThat(
            Invocation.json(folder, "journal", "backup", "copy.db").answer().get("file").asText())
        .isEqualTo(folder.resolve("copy.db").toString());
    write("admin.token", "wrong");
    Invocation refused = Invocation.json(folder, "worker", "status");
    assertThat(refused.exit()).isEqualTo(4);
    assertThat(refused.failure().get("code").asText()).isEqualTo("OPG-802");
    worker.close();
    Invocation gone = Invocation.json(folder, "worker", "status");
    assertThat(gone.exit()).isEqualTo(5);
    assertThat(gone.failure().get("code").asText()).isEqualTo("OPG-801");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      LoopbackServer.answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void whatTheWorkerRefusesHasItsCode() throws IOException {
    LoopbackServer worker =
        new LoopbackServer(
            0,
            exchange ->
                answer(
                    exchange,
                    404,
                    "{\"error\":\"this worker has not seen job 7\",\"code\":\"OPG-815\"}"));
    write("opg.properties", "chain.rpc=" + NOBODY + "\nadmin.port=" + worker.url().getPort());
    write("admin.token", "secret\n");
    Invocation refused = Invocation.json(folder, "job", "show", "7");
    worker.close();
    assertThat(refused.exit()).isEqualTo(5);
    assertThat(refused.failure().get("code").asText()).isEqualTo("OPG-815");
    assertThat(refused.failure().get("detail").asText())
        .isEqualTo("this worker has not seen job 7");
  }

  @Test
  void aStatusSaysForHowLongTheWorkerMayBeAway() {
    assertThat(safety(Map.of("seconds", 870), false)).contains("Safe to restart for 14 min.");
    assertThat(safety(Map.of("seconds", 45), true)).contains("Safe to restart for 45 s.");
    assertThat(safety(Map.of("seconds", 3), true))
        .contains("Not safe to restart: something is due now.");
    assertThat(safety(Map.of(), true)).contains("Safe to stop.");
    assertThat(safety(Map.of(), false).orElseThrow()).startsWith("Nothing is due");
    assertThat(WorkerStatusCommand.safety(Map.of("asked", "else"))).isEmpty();
  }

  private static Optional<String> safety(Map<String, Object> next, boolean safe) {
    return WorkerStatusCommand.safety(Map.of("nextObligation", next, "safeToStop", safe));
  }

  @Test
  void onlyACopyOfAJournalIsRestored() {
    write("opg.properties", "chain.rpc=" + NOBODY);
    write("no-journal.db", "something else");
    Invocation refused = Invocation.json(folder, "journal", "restore", "no-journal.db");
    assertThat(refused.failure().get("code").asText()).isEqualTo("OPG-814");
    assertThat(
            Invocation.json(folder, "journal", "restore", "nothing.db")
                .failure()
                .get("code")
                .asText())
        .isEqualTo("OPG-105");
    assertThat(folder.resolve("data").resolve("journal.db")).doesNotExist();
  }

  @Test
  void theDoctorFindsWhatIsWrong() {
    write("opg.properties", "chain.rpc=nowhere");
    Invocation broken = Invocation.of(folder, "worker", "doctor");
    assertThat(broken.exit()).isEqualTo(1);
    assertThat(broken.out()).contains("configuration", "FAIL", "OPG-103", "OPG-804");
  }

  private List<CommandLine> allCommands() {
    List<CommandLine> commands = new ArrayList<>();
    commands.add(
        Opg.commandLine(
            new Surroundings(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                Map.of(),
                folder)));
    for (int index = 0; index < commands.size(); index++) {
      commands.addAll(commands.get(index).getSubcommands().values());
    }
    return commands;
  }

  private Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
