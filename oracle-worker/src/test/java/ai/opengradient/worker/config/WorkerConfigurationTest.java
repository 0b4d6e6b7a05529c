package ai.opengradient.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.opengradient.store.fetch.SourceAddress;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerConfigurationTest {
  @TempDir Path folder = Path.of("");

  @Test
  void readsEveryKey() {
    WorkerConfiguration configuration =
        read(
            """
            chain.rpc = http://127.0.0.1:8545, https://example.org/v3
            chain.heads = ws://127.0.0.1:8545
            chain.balance-floor = 2
            chain.deployment = chain/deployment.json
            chain.confirmations = 5
            chain.poll-interval = 250ms
            transactions.fee-cap = 1.5
            key.file = /secure/keystore.json
            key.password-file = password
            store.sources = gateway:http://127.0.0.1:1, kubo:https://example.org, directory:blobs
            store.directory = blocks
            store.cache = 3GiB
            store.gateway-port = 0
            store.rpc-port = 5001
            worker.data = ../data
            journal.url = jdbc:postgresql://db/opg?user=opg
            journal.password-file = db.password
            journal.lease = 7s
            admin.port = 7000
            admin.token-file = token
            inference.timeout = 2m
            inference.memory = 512MiB
            inference.threads = 4
            inference.processes = 2
            offer.3.price = 0.5
            offer.3.bond-limit = 100
            offer.12.price = 1
            offer.12.guard = never
            offer.12.bond-limit = 2
            policy.lease = never
            policy.undisputable = decline
            policy.guard = always
            canonical.timeout = 20m
            canonical.memory = 1GiB
            canonical.threads = 3
            policy.queue-limit = 3
            """);
    assertThat(configuration)
        .isEqualTo(
            new WorkerConfiguration(
                new ChainSettings(
                    List.of(
                        URI.create("http://127.0.0.1:8545"), URI.create("https://example.org/v3")),
                    Optional.of(URI.create("ws://127.0.0.1:8545")),
                    folder.resolve("chain/deployment.json"),
                    5,
                    Duration.ofMillis(250),
                    BigInteger.valueOf(1_500_000_000),
                    BigInteger.valueOf(2_000_000_000)),
                new KeyFiles(
                    Path.of("/secure/keystore.json"),
                    Optional.of(folder.resolve("password")),
                    Optional.empty()),
                new StoreSettings(
                    List.of(
                        new SourceAddress.Gateway(URI.create("http://127.0.0.1:1")),
                        new SourceAddress.Kubo(URI.create("https://example.org")),
                        new SourceAddress.Directory(folder.resolve("blobs"))),
                    folder.resolve("blocks"),
                    3L << 30,
                    0,
                    5001),
                folder.resolveSibling("data"),
                new JournalSettings(
                    Optional.of("jdbc:postgresql://db/opg?user=opg"),
                    Optional.of(folder.resolve("db.password")),
                    Duration.ofSeconds(7)),
                new AdminSettings(7000, folder.resolve("token")),
                new InferenceLimits(Duration.ofMinutes(2), 512L << 20, 4, 2),
                new CanonicalLimits(Duration.ofMinutes(20), 1L << 30, 3, GuardPolicy.ALWAYS),
                List.of(
                    new ModelOffer(3, Amount.parse("0.5"), Amount.parse("100"), GuardPolicy.ALWAYS),
                    new ModelOffer(12, Amount.parse("1"), Amount.parse("2"), GuardPolicy.NEVER)),
                new AdmissionPolicy(LeasePolicy.NEVER, UndisputablePolicy.DECLINE, 3)));
  }

  @Test
  void needsOnlyTheNodesAddress() {
    WorkerConfiguration configuration = read("chain.rpc=http://127.0.0.1:8545");
    assertThat(configuration.chain().deployment()).isEqualTo(folder.resolve("deployment.json"));
    assertThat(configuration.key().password()).isEmpty();
    assertThat(configuration.offers()).isEmpty();
    assertThat(configuration.client())
        .isEqualTo(
            new ClientConfiguration(
                configuration.chain(), configuration.key(), configuration.store()));
  }

  @Test
  void theEnvironmentOverridesTheFile() {
    WorkerConfiguration configuration =
        WorkerConfiguration.read(
            Optional.of(
                write("chain.rpc=http://127.0.0.1:1\noffer.3.price=1\noffer.3.bond-limit=1")),
            folder,
            Map.of(
                "OPG_CHAIN_RPC", "http://127.0.0.1:2",
                "OPG_CHAIN_POLL_INTERVAL", "7s",
                "OPG_OFFER_3_PRICE", "9",
                "PATH", "/bin"));
    assertThat(configuration.chain().rpc()).containsExactly(URI.create("http://127.0.0.1:2"));
    assertThat(configuration.chain().pollInterval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(configuration.offers().getFirst().price()).isEqualTo(Amount.parse("9"));
  }

  @Test
  void theEnvironmentAloneIsEnough() {
    ClientConfiguration configuration =
        ClientConfiguration.read(
            Optional.empty(), folder, Map.of("OPG_CHAIN_RPC", "http://127.0.0.1:2"));
    assertThat(configuration.chain().deployment()).isEqualTo(folder.resolve("deployment.json"));
  }

  @Test
  void theStoreNeedsNoChain() {
    assertThat(
            StoreSettings.read(Optional.of(write("store.directory=blocks")), folder, Map.of())
                .directory())
        .isEqualTo(folder.resolve("blocks"));
    assertThatThrownBy(
            () -> StoreSettings.read(Optional.of(write("chain.rpc=nowhere")), folder, Map.of()))
        .hasMessageContaining("chain.rpc: 'nowhere' is not an address");
  }

  @Test
  void tellsFiveMistakesAtOnce() {
    assertThat(
            mistakesOf(
                """
                chain.rcp = http://127.0.0.1:8545
                chain.confirmations = -1
                inference.timeout = soon
                offer.3.price = 1e18
                policy.lease = sometimes
                """))
        .contains("chain.rcp: unknown key; did you mean chain.rpc?")
        .contains("chain.rpc: must be given: http(s) address")
        .contains("chain.confirmations: '-1' is not a number from 0 to 1000")
        .contains("inference.timeout: 'soon' is not a duration such as 500ms, 30s, 5m")
        .contains("offer.3.price: '1e18' is not")
        .contains("offer.3.bond-limit: must be given: $OPG, a decimal number")
        .contains("policy.lease: 'sometimes' is not never or when-idle")
        .contains("7 mistakes");
  }

  @Test
  void refusesAKeyThatStandsTwice() {
    assertThat(mistakesOf("chain.rpc=http://127.0.0.1:1\nchain.rpc=http://127.0.0.1:2"))
        .contains("chain.rpc: stands twice");
  }

  @Test
  void refusesAnUnknownVariableOfOurs() {
    assertThatThrownBy(() ->
            WorkerConfiguration.read(
                Optional.of(write("chain.rpc=http://127.0.0.1:1")),
                folder,
                Map.of("OPG_CHAIN_RCP", "http://127.0.0.1:2", "OPG_NODE", "node")))
        .hasMessageContaining("OPG_CHAIN_RCP: unknown key; did you mean OPG_CHAIN_RPC?")
        .hasMessageContaining("1 mistake")
        .hasMessageNotContaining("OPG_NODE");
  }

  @Test
  void refusesValuesOutOfBounds() {
    assertThat(
            mistakesOf(
                """
                chain.rpc = ftp://127.0.0.1
                store.gateway-port = 65536
                admin.port = 0
                inference.memory = 2GB
                inference.threads = 0
                transactions.fee-cap = -3
                store.sources = gateway:http://127.0.0.1:1,,
                offer.0.price = 1
                worker.data =
                """))
        .contains("chain.rpc: 'ftp://127.0.0.1' is not an address")
        .contains("store.gateway-port: '65536'")
        .contains("admin.port: '0'")
        .contains("inference.memory: '2GB' is not a size")
        .contains("inference.threads: '0'")
        .contains("transactions.fee-cap: '-3'")
        .contains("store.sources: '' is not a source")
        .contains("offer.0.price: unknown key")
        .contains("worker.data: a path is missing");
  }

  @Test
  void namesAFileThatIsNotThere() {
    OpgException failure =
        catchThrowableOfType(
            OpgException.class,
            () -> WorkerConfiguration.read(Optional.of(folder.resolve("none")), folder, Map.of()));
    assertThat(failure.code()).isEqualTo(ErrorCode.CONFIGURATION_NOT_FOUND);
  }

  @Test
  void explainsEveryKeyOnce() {
    assertThat(Settings.explain()).extracting(Settings.Explanation::key).doesNotHaveDuplicates();
    assertThat(Settings.explain())
        .extracting(Settings.Explanation::environmentName)
        .contains("OPG_CHAIN_RPC", "OPG_OFFER_N_PRICE", "OPG_INFERENCE_MEMORY");
  }

  private String mistakesOf(String text) {
    InvalidConfiguration failure =
        catchThrowableOfType(InvalidConfiguration.class, () -> read(text));
    assertThat(failure.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
    assertThat(failure.mistakes()).isNotEmpty();
    return String.valueOf(failure.getMessage());
  }

  private WorkerConfiguration read(String text) {
    return WorkerConfiguration.read(Optional.of(write(text)), folder, Map.of());
  }

  private Path write(String text) {
    try {
      return Files.writeString(folder.resolve("opg.properties"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
