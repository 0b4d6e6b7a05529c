package ai.opengradient.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.examples.BenchmarkModels;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that hangs, eats memory or takes the process down costs its run, not the next one. */
final class InferenceTroubleTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** 64 MiB and minutes of work. */
  private static final int WORK_SIZE = 4096;

  private static final int WORK_PRODUCTS = 500;

  /** 4 GiB at once. */
  private static final int MEMORY_SIZE = 32768;

  @TempDir private Path folder;
  private InferenceSettings settings = InferenceSettings.standard(Path.of("."));
  private Path line = Path.of(".");
  private Path endless = Path.of(".");

  @BeforeEach
  void writeModels() throws IOException {
    settings = InferenceSettings.standard(folder).withThreads(1).withMemoryLimit(1L << 30);
    line = TestModels.write(folder, "line", BenchmarkModels.line());
    endless =
        TestModels.write(folder, "endless", TestModels.outerProduct(WORK_SIZE, WORK_PRODUCTS));
  }

  @Test
  void endsARunThatTakesTooLong() throws InferenceException {
    Duration limit = Duration.ofSeconds(3);
    try (InferenceProcess process = InferenceProcess.start(settings.withTimeLimit(limit))) {
      var failure =
          catchThrowableOfType(
              InferenceException.TimedOut.class,
              () -> process.run(endless, outerProductInputs(WORK_SIZE)));

      assertThat(failure).hasMessageContaining("endless.onnx").hasMessageContaining("3000 ms");
      assertThat(failure.limit()).isEqualTo(limit);
      assertStillWorks(process);
    }
  }

  @Test
  void survivesAModelThatEatsMemory() throws InferenceException, IOException {
    Path hungry = TestModels.write(folder, "hungry", TestModels.outerProduct(MEMORY_SIZE, 0));
    try (InferenceProcess process = InferenceProcess.start(settings)) {
      var failure =
          catchThrowableOfType(
              InferenceException.OutOfMemory.class,
              () -> process.run(hungry, outerProductInputs(MEMORY_SIZE)));

      assertThat(failure).hasMessageContaining("hungry.onnx").hasMessageContaining("1024 MiB");
      assertThat(failure.limit()).isEqualTo(1L << 30);
      assertStillWorks(process);
    }
  }

  @Test
  void survivesInputsBeyondItsMemory() throws InferenceException {
    Tensor large = Tensor.of(TensorType.of(DataType.UINT8, 600 << 20), new byte[600 << 20]);
    try (InferenceProcess process =
        InferenceProcess.start(settings.withMemoryLimit(InferenceSettings.LEAST_MEMORY))) {
      assertThatThrownBy(() -> process.run(line, List.of(large)))
          .isInstanceOf(InferenceException.OutOfMemory.class);
      assertStillWorks(process);
    }
  }

  @Test
  void startsAnotherChildWhenOneWasKilledBetweenRuns() throws InferenceException {
    try (InferenceProcess process = InferenceProcess.start(settings)) {
      ProcessHandle child = child(process);
      assertStillWorks(process);

      child.destroyForcibly();
      await().atMost(PATIENCE).until(() -> !child.isAlive());

      assertStillWorks(process);
      assertThat(process.processId()).isNotEqualTo(child.pid());
    }
  }

  @Test
  void tellsThatTheChildWasKilledDuringARun() throws Exception {
    try (InferenceProcess process = InferenceProcess.start(settings);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      ProcessHandle child = child(process);
      Future<List<Tensor>> run = startEndlessRun(process, others);

      child.destroyForcibly();

      assertThatThrownBy(run::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              InferenceException.ProcessCrashed.class,
              crash -> assertThat(crash.exitCode()).isEqualTo(128 + 9));
      assertStillWorks(process);
    }
  }

  @Test
  void cancelsTheRunWhenClosed() throws Exception {
    InferenceProcess process = InferenceProcess.start(settings);
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Tensor>> run = startEndlessRun(process, others);

      process.close();

      assertThatThrownBy(run::get).hasCauseInstanceOf(InferenceException.Cancelled.class);
      assertThatThrownBy(() -> process.load(line)).isInstanceOf(InferenceException.Cancelled.class);
    }
  }

  @Test
  void cancelsTheRunWhenItsThreadIsInterrupted() throws Exception {
    try (InferenceProcess process = InferenceProcess.start(settings);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Tensor>> run = startEndlessRun(process, others);
      ProcessHandle child = child(process);

      run.cancel(true);

      await().atMost(PATIENCE).until(() -> !child.isAlive());
      assertStillWorks(process);
    }
  }

  @Test
  void isSharedByManyThreads() throws Exception {
    try (InferenceProcess process = InferenceProcess.start(settings);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<float[]>> answers =
          IntStream.range(0, 200)
              .mapToObj(number ->
                  others.submit(() ->
                      process
                          .run(line, List.of(Tensor.ofFloats(new float[] {number}, 1)))
                          .getFirst()
                          .floats()))
              .toList();

      for (int number = 0; number < answers.size(); number++) {
        assertThat(answers.get(number).get()).containsExactly(3 * number + 0.5f);
      }
    }
  }

  @Test
  void saysWhyItCannotStart() {
    InferenceSettings noJava = with(folder.resolve("absent"), settings.classPath());
    InferenceSettings noClasses = with(settings.javaExecutable(), "absent");

    assertThatThrownBy(() -> InferenceProcess.start(noJava))
        .isInstanceOf(InferenceException.StartFailed.class)
        .hasMessageContaining("absent");
    assertThatThrownBy(() -> InferenceProcess.start(noClasses))
        .isInstanceOf(InferenceException.StartFailed.class)
        .hasMessageContaining("InferenceChild");
  }

  @Test
  void theChildDoesNotOutliveItsParent() throws IOException {
    Process parent =
        new ProcessBuilder(
                settings.javaExecutable().toString(),
                "-cp",
                settings.classPath(),
                ParentProgram.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = parent.inputReader()) {
      long child = Long.parseLong(output.readLine());
      assertThat(ProcessHandle.of(child)).isPresent();

      parent.destroyForcibly();

      await().atMost(PATIENCE).until(() -> ProcessHandle.of(child).isEmpty());
    } finally {
      parent.destroyForcibly();
    }
  }

  private InferenceSettings with(Path javaExecutable, String classPath) {
    return new InferenceSettings(
        javaExecutable,
        classPath,
        folder,
        settings.memoryLimit(),
        settings.threads(),
        settings.optimisation(),
        settings.timeLimit(),
        settings.cachedModels());
  }

  /** Returns once the child is at work. */
  private Future<List<Tensor>> startEndlessRun(InferenceProcess process, ExecutorService others) {
    Duration before = processorTime(child(process));
    Future<List<Tensor>> run =
        others.submit(() -> process.run(endless, outerProductInputs(WORK_SIZE)));
    await()
        .atMost(PATIENCE)
        .until(() ->
            run.isDone()
                || processorTime(child(process)).minus(before).compareTo(Duration.ofSeconds(2))
                    > 0);
    return run;
  }

  private static Duration processorTime(ProcessHandle child) {
    return child.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static ProcessHandle child(InferenceProcess process) {
    return ProcessHandle.of(process.processId()).orElseThrow();
  }

  private static List<Tensor> outerProductInputs(int size) {
    return List.of(
        Tensor.ofFloats(new float[size], size, 1), Tensor.ofFloats(new float[size], 1, size));
  }

  private void assertStillWorks(InferenceProcess process) throws InferenceException {
    assertThat(process.run(line, List.of(Tensor.ofFloats(new float[] {1}, 1))))
        .containsExactly(Tensor.ofFloats(new float[] {3.5f}, 1));
  }
}
