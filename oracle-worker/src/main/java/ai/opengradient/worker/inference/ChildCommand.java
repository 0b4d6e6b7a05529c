package ai.opengradient.worker.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How children are started: their command lines and their environment. */
final class ChildCommand {
  /**
   * What the dynamic linker and temporary files need; everything else, secrets above all, stays
   * with the parent.
   */
  private static final Set<String> PASSED_ON = Set.of("HOME", "LD_LIBRARY_PATH", "PATH", "TMPDIR");

  /**
   * RLIMIT_DATA counts what is writable: heap, arenas, stacks; not what a JVM merely reserves. In
   * KiB.
   */
  private static final String UNDER_LIMITS = "ulimit -c 0 && ulimit -d \"$0\" && exec \"$@\"";

  private ChildCommand() {}

  /** The child that runs models by ONNX Runtime, whose native libraries it finds unpacked. */
  static ProcessBuilder stock(InferenceSettings settings, Path socket) throws IOException {
    Path natives = settings.folder().toAbsolutePath().resolve("onnxruntime");
    NativeLibraries.unpack(natives);
    ProcessBuilder builder =
        child(
            settings,
            settings.stockHeap(),
            List.of(
                "-Xms" + settings.stockHeap(),
                "-XX:+UseSerialGC",
                "-XX:ReservedCodeCacheSize=64m",
                "--enable-native-access=ALL-UNNAMED",
                "-Donnxruntime.native.path=" + natives,
                "-Dai.djl.onnx.disable_alternative=true",
                "-Doffline=true",
                "-Dlogback.configurationFile=ai/opengradient/worker/inference/child-logback.xml"),
            List.of(
                InferenceChild.class.getName(),
                socket.toString(),
                Integer.toString(settings.threads()),
                settings.optimisation().name(),
                Integer.toString(settings.cachedModels())));
    builder.environment().put("OPT_OUT_TRACKING", "true");
    return builder;
  }

  /** The child that runs models by the canonical engine, in the Java heap. */
  static ProcessBuilder canonical(InferenceSettings settings, Path socket) {
    return child(
        settings,
        settings.canonicalHeap(),
        List.of("-XX:+UseParallelGC", "--add-modules", "jdk.incubator.vector"),
        List.of(
            CanonicalChild.class.getName(),
            socket.toString(),
            Integer.toString(settings.threads()),
            Integer.toString(settings.cachedModels())));
  }

  private static ProcessBuilder child(
      InferenceSettings settings, long heap, List<String> flags, List<String> program) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                UNDER_LIMITS,
                Long.toString(settings.memoryLimit() >> 10),
                settings.javaExecutable().toString(),
                "-Xmx" + heap,
                "-XX:MaxDirectMemorySize=" + settings.memoryLimit(),
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:ErrorFile=" + settings.folder().resolve("inference-crash-%p.log")));
    command.addAll(flags);
    command.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(PASSED_ON);
    // Not on the command line: ONNX Runtime 1.29.0 crashes as it loads if that exceeds 4 KiB.
    environment.put("CLASSPATH", settings.classPath());
    return builder.redirectErrorStream(true);
  }
}
