package ai.opengradient.worker.inference;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** How the child is started: its command line and its environment. */
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

  static ProcessBuilder of(InferenceSettings settings, Path natives, Path socket) {
    ProcessBuilder builder =
        new ProcessBuilder(
            "/bin/sh",
            "-c",
            UNDER_LIMITS,
            Long.toString(settings.memoryLimit() >> 10),
            settings.javaExecutable().toString(),
            "-Xms" + settings.heap(),
            "-Xmx" + settings.heap(),
            "-XX:MaxDirectMemorySize=" + settings.memoryLimit(),
            "-XX:+UseSerialGC",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-XX:ErrorFile=" + settings.folder().resolve("inference-crash-%p.log"),
            "--enable-native-access=ALL-UNNAMED",
            "-Donnxruntime.native.path=" + natives,
            "-Dai.djl.onnx.disable_alternative=true",
            "-Doffline=true",
            "-Dlogback.configurationFile=ai/opengradient/worker/inference/child-logback.xml",
            InferenceChild.class.getName(),
            socket.toString(),
            Integer.toString(settings.threads()),
            settings.optimisation().name(),
            Integer.toString(settings.cachedModels()));
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(PASSED_ON);
    environment.put("OPT_OUT_TRACKING", "true");
    // Not on the command line: ONNX Runtime 1.29.0 crashes as it loads if that exceeds 4 KiB.
    environment.put("CLASSPATH", settings.classPath());
    return builder.redirectErrorStream(true);
  }
}
