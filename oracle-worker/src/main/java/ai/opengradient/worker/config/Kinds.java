package ai.opengradient.worker.config;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.fetch.SourceAddress;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of values that settings have. */
final class Kinds {
  static final Kind<List<URI>> ADDRESSES =
      new Kind<>("http(s) addresses, separated by commas", Kinds::addresses);
  static final Kind<Optional<URI>> OPTIONAL_WEB_SOCKET =
      new Kind<>(
          "ws(s) address, or empty",
          text -> text.isBlank() ? Optional.empty() : Optional.of(webSocket(text)));
  static final Kind<List<SourceAddress>> SOURCES =
      new Kind<>(
          "gateway:http://…, kubo:http://… or directory:…, separated by commas",
          text -> text.isBlank() ? List.of() : commaSeparated(text).map(Kinds::source).toList());
  static final Kind<Path> PATH = new Kind<>("path", Kinds::path);
  static final Kind<Optional<Path>> OPTIONAL_PATH =
      new Kind<>(
          "path, or empty", text -> text.isBlank() ? Optional.empty() : Optional.of(path(text)));
  static final Kind<Optional<RemoteKey>> REMOTE_KEY =
      new Kind<>(
          "account@address, such as 0x…@http://127.0.0.1:9000, or empty",
          text -> text.isBlank() ? Optional.empty() : Optional.of(remoteKey(text)));
  static final Kind<Optional<String>> POSTGRESQL =
      new Kind<>(
          "address such as jdbc:postgresql://127.0.0.1/opg?user=opg, or empty",
          text -> text.isBlank() ? Optional.empty() : Optional.of(postgresql(text)));
  static final Kind<Integer> PORT = integer("port", 0, 65_535);
  static final Kind<Duration> DURATION =
      new Kind<>("duration, such as 500ms, 30s, 5m", Kinds::duration);
  static final Kind<Long> BYTES = new Kind<>("size, such as 512MiB, 2GiB", Kinds::bytes);
  static final Kind<BigInteger> GIGAWEI = new Kind<>("gwei, a decimal number", Kinds::gigawei);
  static final Kind<Amount> AMOUNT = new Kind<>("$OPG, a decimal number", Amount::parse);

  static final Kind<SortedSet<Long>> VERSIONS =
      new Kind<>(
          "version numbers, separated by commas; empty: all",
          text -> text.isBlank() ? new TreeSet<>() : versions(text));

  private static final Pattern DURATION_FORM = Pattern.compile("(\\d{1,9})(ms|s|m)");
  private static final Pattern BYTES_FORM = Pattern.compile("(\\d{1,9})(MiB|GiB)");
  private static final Pattern GIGAWEI_FORM = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  private Kinds() {}

  static Kind<Integer> integer(String meaning, int least, int most) {
    return new Kind<>(
        meaning + ", " + least + " to " + most,
        text -> {
          if (!text.matches("\\d{1,10}")
              || Long.parseLong(text) < least
              || Long.parseLong(text) > most) {
            throw new IllegalArgumentException(
                "'" + text + "' is not a number from " + least + " to " + most);
          }
          return Integer.parseInt(text);
        });
  }

  static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
    String choices =
        Arrays.stream(type.getEnumConstants())
            .map(Kinds::spelling)
            .collect(Collectors.joining(" or "));
    return new Kind<>(
        choices,
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(value -> spelling(value).equals(text))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalArgumentException("'" + text + "' is not " + choices)));
  }

  private static String spelling(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Stream<String> commaSeparated(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip);
  }

  private static SourceAddress source(String text) {
    try {
      return SourceAddress.parse(text);
    } catch (StoreException.InvalidSourceAddress e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static List<URI> addresses(String text) {
    List<URI> addresses =
        commaSeparated(text).map(one -> address(one, "http", "http://127.0.0.1:8545")).toList();
    if (addresses.stream().distinct().count() != addresses.size()) {
      throw new IllegalArgumentException("'" + text + "' names an address twice");
    }
    return addresses;
  }

  private static URI webSocket(String text) {
    return address(text, "ws", "ws://127.0.0.1:8545");
  }

  /** With this scheme, or the same with an s for TLS. */
  private static URI address(String text, String scheme, String example) {
    try {
      URI address = URI.create(text);
      if ((scheme.equals(address.getScheme()) || (scheme + "s").equals(address.getScheme()))
          && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw notAnAddress(text, example, e);
    }
    throw notAnAddress(text, example, null);
  }

  private static String postgresql(String text) {
    if (!text.startsWith("jdbc:postgresql://")) {
      throw new IllegalArgumentException("this is no address that begins with jdbc:postgresql://");
    }
    return text;
  }

  private static RemoteKey remoteKey(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' does not name an account and a signer, as 0x…@http://127.0.0.1:9000 does");
    }
    return new RemoteKey(
        new Address(text.substring(0, at)),
        address(text.substring(at + 1), "http", "http://127.0.0.1:9000"));
  }

  private static IllegalArgumentException notAnAddress(
      String text, String example, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "'" + text + "' is not an address such as " + example, cause);
  }

  private static Path path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a path is missing");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + text + "' is not a path", e);
    }
  }

  private static Duration duration(String text) {
    Matcher form = DURATION_FORM.matcher(text);
    if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
      throw new IllegalArgumentException("'" + text + "' is not a duration such as 500ms, 30s, 5m");
    }
    long count = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      default -> Duration.ofMinutes(count);
    };
  }

  private static SortedSet<Long> versions(String text) {
    SortedSet<Long> versions = new TreeSet<>();
    commaSeparated(text)
        .forEach(version -> {
          if (!version.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException("'" + version + "' is not a version's number");
          }
          versions.add(Long.valueOf(version));
        });
    return versions;
  }

  private static Long bytes(String text) {
    Matcher form = BYTES_FORM.matcher(text);
    if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
      throw new IllegalArgumentException("'" + text + "' is not a size such as 512MiB, 2GiB");
    }
    return Long.parseLong(form.group(1)) << (form.group(2).equals("MiB") ? 20 : 30);
  }

  private static BigInteger gigawei(String text) {
    if (!GIGAWEI_FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a decimal number of gwei with at most 9 places");
    }
    return new BigDecimal(text).movePointRight(9).toBigIntegerExact();
  }
}
