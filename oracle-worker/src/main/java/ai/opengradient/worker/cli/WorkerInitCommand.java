package ai.opengradient.worker.cli;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.config.Settings;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.keys.Keystore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes what a worker needs before its first start. */
@Command(
    name = "init",
    description =
        "Make a key, a configuration and an admin token for a worker; overwrites nothing.")
final class WorkerInitCommand extends Subcommand {
  private static final int SECRET_BYTES = 32;

  @Option(
      names = "--folder",
      description = "Where to write them; made if it isn't there (default: the working folder).")
  private Path folder = Path.of("");

  @Option(
      names = "--rpc",
      required = true,
      paramLabel = "URL",
      description = "The chain node's JSON-RPC.")
  private @Nullable URI rpc;

  @Option(
      names = "--deployment",
      paramLabel = "FILE",
      description = "The deployment's file (default: deployment.json in the folder).")
  private @Nullable Path deployment;

  @Override
  Answer answer() {
    Path target = opg().surroundings().folder().resolve(folder).toAbsolutePath().normalize();
    Path keystore = target.resolve("keystore.json");
    Path password = target.resolve("password");
    Path token = target.resolve("admin.token");
    Path configuration = target.resolve("opg.properties");
    List<Path> present =
        List.of(keystore, password, token, configuration).stream().filter(Files::exists).toList();
    if (!present.isEmpty()) {
      throw new OpgException(ErrorCode.FILE_EXISTS, present + " exist already");
    }
    try {
      Files.createDirectories(target);
    } catch (IOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_WRITABLE, target + " can't be made: " + e, e);
    }
    SecureRandom random = new SecureRandom();
    String secret = secret(random);
    OwnerOnlyFile.create(password, secret + "\n");
    Address address = Keystore.create(keystore, secret).address();
    OwnerOnlyFile.create(token, secret(random) + "\n");
    OwnerOnlyFile.create(configuration, Settings.skeleton(given()));
    return new Answer(
        new Fields()
            .with("worker", address)
            .with("keystore", keystore)
            .with("passwordFile", password)
            .with("tokenFile", token)
            .with("configuration", configuration)
            .toMap(),
        List.of(
            "Worker " + address,
            "  keystore       " + keystore + ", password in " + password,
            "  admin token    " + token,
            "  configuration  " + configuration,
            "Back up keystore and password: who has both has the account, and nobody else can make them again.",
            "Next: send the account coin for gas and OPG to stake, then: opg worker stake AMOUNT --withdrawal ADDRESS"));
  }

  private Map<String, String> given() {
    String file =
        deployment == null
            ? "deployment.json"
            : opg().surroundings().folder().resolve(deployment).toAbsolutePath().toString();
    return Map.of(
        "chain.rpc", String.valueOf(rpc),
        "chain.deployment", file,
        "key.file", "keystore.json",
        "key.password-file", "password",
        "admin.token-file", "admin.token");
  }

  private static String secret(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
