package ai.opengradient.besu.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.NotRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.MethodTypeDesc;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every name of Besu and Tuweni that the plugin's class files hold, looked up in a real Besu. */
class LinkageTest {
  private static final Path CLASSES = Path.of("target", "classes", "ai", "opengradient", "besu");
  private static final List<String> THEIRS = List.of("org/hyperledger/besu/", "org/apache/tuweni/");

  @Test
  void resolvesEveryMemberInBesu() throws Exception {
    String home = System.getenv("BESU_HOME");
    if (home == null) {
      NotRun.note("the plugin's linkage against a real Besu", "BESU_HOME is not set");
      assertThat(references()).hasSizeGreaterThan(20);
      return;
    }
    try (URLClassLoader besu =
        new URLClassLoader(jars(Path.of(home, "lib")), ClassLoader.getPlatformClassLoader())) {
      assertThat(missing(references(), besu)).isEmpty();
    }
  }

  @Test
  void namesWhatIsMissing(@TempDir Path empty) throws Exception {
    try (URLClassLoader nothing =
        new URLClassLoader(jars(empty), ClassLoader.getPlatformClassLoader())) {
      assertThat(missing(references(), nothing))
          .anyMatch(name -> name.contains("PrecompileContractRegistry.put"));
    }
  }

  /** A name in a class file: of a class, or of a member of one. */
  private record Reference(String owner, Optional<MemberRefEntry> member) {
    boolean isIn(ClassLoader loader) {
      try {
        Class<?> type = Class.forName(owner.replace('/', '.'), false, loader);
        return member.isEmpty() || hierarchy(type).anyMatch(this::isDeclaredIn);
      } catch (ClassNotFoundException e) {
        return false;
      }
    }

    private boolean isDeclaredIn(Class<?> type) {
      MemberRefEntry entry = member.orElseThrow();
      String name = entry.name().stringValue();
      if (entry instanceof FieldRefEntry) {
        return Arrays.stream(type.getDeclaredFields())
            .anyMatch(field ->
                field.getName().equals(name)
                    && field.getType().descriptorString().equals(entry.type().stringValue()));
      }
      String descriptor = entry.type().stringValue();
      Stream<String> declared =
          name.equals("<init>")
              ? Arrays.stream(type.getDeclaredConstructors())
                  .map(each -> descriptor(void.class, each.getParameterTypes()))
              : Arrays.stream(type.getDeclaredMethods())
                  .filter(each -> each.getName().equals(name))
                  .map(each -> descriptor(each.getReturnType(), each.getParameterTypes()));
      return declared.anyMatch(descriptor::equals);
    }

    @Override
    public String toString() {
      return owner
          + member
              .map(entry -> "." + entry.name().stringValue() + entry.type().stringValue())
              .orElse("");
    }
  }

  private static String descriptor(Class<?> returned, Class<?>[] parameters) {
    return MethodTypeDesc.of(
            returned.describeConstable().orElseThrow(),
            Arrays.stream(parameters).map(each -> each.describeConstable().orElseThrow()).toList())
        .descriptorString();
  }

  private static Stream<Class<?>> hierarchy(Class<?> type) {
    // Interfaces have the methods of Object, too.
    List<Class<?>> all = new ArrayList<>(List.of(type, Object.class));
    for (int at = 0; at < all.size(); at++) {
      Class<?> each = all.get(at);
      if (each.getSuperclass() != null) {
        all.add(each.getSuperclass());
      }
      all.addAll(List.of(each.getInterfaces()));
    }
    return all.stream();
  }

  private static SortedSet<String> missing(List<Reference> references, ClassLoader loader) {
    SortedSet<String> missing = new TreeSet<>();
    references.stream()
        .filter(reference -> !reference.isIn(loader))
        .forEach(reference -> missing.add(reference.toString()));
    return missing;
  }

  private static List<Reference> references() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .flatMap(LinkageTest::entries)
          .flatMap(LinkageTest::reference)
          .toList();
    }
  }

  private static Stream<PoolEntry> entries(Path file) {
    try {
      return StreamSupport.stream(ClassFile.of().parse(file).constantPool().spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Reference> reference(PoolEntry entry) {
    Optional<Reference> found =
        switch (entry) {
          case MemberRefEntry member ->
              Optional.of(new Reference(member.owner().asInternalName(), Optional.of(member)));
          case ClassEntry type ->
              Optional.of(new Reference(type.asInternalName(), Optional.empty()));
          default -> Optional.empty();
        };
    return found.stream()
        .filter(reference -> THEIRS.stream().anyMatch(reference.owner()::startsWith));
  }

  private static URL[] jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .map(LinkageTest::url)
          .toArray(URL[]::new);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
