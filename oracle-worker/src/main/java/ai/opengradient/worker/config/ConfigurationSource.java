package ai.opengradient.worker.config;

import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The texts of all keys, checked: what {@link #get} reads has been read once before without a
 * mistake.
 */
final class ConfigurationSource {
  private static final Pattern OFFER_KEY =
      Pattern.compile("offer\\.([1-9]\\d{0,8})\\.(price|bond-limit|guard)");
  private static final Pattern OFFER_VARIABLE =
      Pattern.compile("OPG_OFFER_([1-9]\\d{0,8})_(PRICE|BOND_LIMIT|GUARD)");

  private final Path folder;
  private final Map<String, String> texts;

  private ConfigurationSource(Path folder, Map<String, String> texts) {
    this.folder = folder;
    this.texts = texts;
  }

  /**
   * Reads and checks.
   *
   * @param dispensable settings that may be missing; whoever names one does not {@link #get} it
   */
  static ConfigurationSource read(
      Optional<Path> file,
      Path workingFolder,
      Map<String, String> environment,
      List<Setting<?>> dispensable) {
    List<Mistake> mistakes = new ArrayList<>();
    Map<String, String> texts = new TreeMap<>();
    file.ifPresent(path -> texts.putAll(load(path, mistakes)));
    override(texts, environment, mistakes);
    mistakes.addAll(check(texts, dispensable));
    if (!mistakes.isEmpty()) {
      throw new InvalidConfiguration(file.map(Path::toString).orElse("the environment"), mistakes);
    }
    Path folder =
        file.map(path -> path.toAbsolutePath().normalize().resolveSibling(""))
            .orElse(workingFolder);
    return new ConfigurationSource(folder, texts);
  }

  <T> T get(Setting<T> setting) {
    String text = Optional.ofNullable(texts.get(setting.key())).or(setting::fallback).orElseThrow();
    return setting.kind().parser().parse(text);
  }

  Path path(Setting<Path> setting) {
    return resolve(get(setting));
  }

  Path resolve(Path path) {
    return folder.resolve(path).normalize();
  }

  List<ModelOffer> offers() {
    return offeredVersions(texts).stream()
        .map(version ->
            new ModelOffer(
                version,
                get(Settings.offerPrice(version.toString())),
                get(Settings.offerBondLimit(version.toString())),
                get(guard(version.toString()))))
        .toList();
  }

  private Setting<GuardPolicy> guard(String version) {
    return guard(version, texts);
  }

  private static Setting<GuardPolicy> guard(String version, Map<String, String> texts) {
    String general = Settings.POLICY_GUARD.fallback().orElseThrow();
    return Settings.offerGuard(version, texts.getOrDefault(Settings.POLICY_GUARD.key(), general));
  }

  private static Map<String, String> load(Path file, List<Mistake> mistakes) {
    Map<String, String> texts = new TreeMap<>();
    Properties properties =
        new Properties() {
          private static final long serialVersionUID = 1L;

          // Called for each line in turn; a key's second line would silently win.
          @Override
          public synchronized Object put(Object key, Object value) {
            if (texts.put(key.toString(), value.toString().strip()) != null) {
              mistakes.add(new Mistake(key.toString(), "stands twice"));
            }
            return value;
          }
        };
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new OpgException(ErrorCode.CONFIGURATION_NOT_FOUND, file + " does not exist", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new OpgException(
          ErrorCode.FILE_NOT_READABLE, file + " can't be read as properties: " + e.getMessage(), e);
    }
    return texts;
  }

  private static void override(
      Map<String, String> texts, Map<String, String> environment, List<Mistake> mistakes) {
    environment.forEach((name, text) -> {
      Matcher offer = OFFER_VARIABLE.matcher(name);
      Optional<String> key =
          offer.matches()
              ? Optional.of(
                  "offer."
                      + offer.group(1)
                      + "."
                      + offer.group(2).toLowerCase(Locale.ROOT).replace('_', '-'))
              : Settings.ALL.stream()
                  .filter(setting -> setting.environmentName().equals(name))
                  .<String>map(Setting::key)
                  .findFirst();
      if (key.isPresent()) {
        texts.put(key.get(), text.strip());
      } else if (isOurs(name)) {
        mistakes.add(unknown(name, Settings.ALL.stream().map(Setting::environmentName)));
      }
    });
  }

  /** Whether a variable is named as if it were one of a key's. */
  private static boolean isOurs(String name) {
    return Stream.concat(Settings.ALL.stream(), Stream.of(Settings.offerPrice("N")))
        .anyMatch(setting -> name.startsWith(setting.environmentGroup()));
  }

  private static List<Mistake> check(Map<String, String> texts, List<Setting<?>> dispensable) {
    List<Mistake> mistakes = new ArrayList<>();
    for (String key : texts.keySet()) {
      if (Settings.ALL.stream().noneMatch(setting -> setting.key().equals(key))
          && !OFFER_KEY.matcher(key).matches()) {
        mistakes.add(unknown(key, Settings.ALL.stream().map(Setting::key)));
      }
    }
    Stream<Setting<?>> offers =
        offeredVersions(texts).stream()
            .map(Object::toString)
            .flatMap(version ->
                Stream.of(
                    Settings.offerPrice(version),
                    Settings.offerBondLimit(version),
                    guard(version, texts)));
    Stream.concat(Settings.ALL.stream(), offers)
        .filter(setting -> texts.containsKey(setting.key()) || !dispensable.contains(setting))
        .forEach(setting -> check(setting, texts).ifPresent(mistakes::add));
    return mistakes;
  }

  private static Optional<Mistake> check(Setting<?> setting, Map<String, String> texts) {
    Optional<String> text = Optional.ofNullable(texts.get(setting.key())).or(setting::fallback);
    if (text.isEmpty()) {
      return Optional.of(new Mistake(setting.key(), "must be given: " + setting.kind().unit()));
    }
    try {
      setting.kind().parser().parse(text.get());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(new Mistake(setting.key(), String.valueOf(e.getMessage())));
    }
  }

  private static SortedSet<Long> offeredVersions(Map<String, String> texts) {
    SortedSet<Long> versions = new TreeSet<>();
    for (String key : texts.keySet()) {
      Matcher offer = OFFER_KEY.matcher(key);
      if (offer.matches()) {
        versions.add(Long.valueOf(offer.group(1)));
      }
    }
    return versions;
  }

  private static Mistake unknown(String key, Stream<String> known) {
    return new Mistake(
        key,
        "unknown key"
            + Spelling.nearest(key, known)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse(""));
  }
}
