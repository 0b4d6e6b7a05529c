package ai.opengradient.worker.bench;

import ai.opengradient.canon.engine.Engine;
import ai.opengradient.canon.engine.JobTensors;
import ai.opengradient.canon.engine.PreparedProgram;
import ai.opengradient.canon.engine.RunListener;
import ai.opengradient.canon.engine.TraceSink;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.examples.shapes.ExampleShape;
import ai.opengradient.store.lowering.LoweredModel;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lowers, prepares, runs and traces ResNet-50 with the heap that this process has, and prints how
 * much of it was in use at the most, garbage included, as a line of JSON.
 */
public final class HeapBench {
  private HeapBench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    LoweredModel model = BenchedModel.lowered(EngineComparisonBench.file(ExampleShape.RESNET_50));
    JobTensors job =
        JobTensors.of(BenchedModel.inputs(model).stream().map(WholeTensor::of).toList());
    try (Engine engine = Engine.withThreads(Runtime.getRuntime().availableProcessors())) {
      PreparedProgram program = engine.prepare(model.program(), model.weights());
      program.run(job, RunListener.NONE);
      program.trace(job, TraceSink.NONE, RunListener.NONE);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("name", ExampleShape.RESNET_50.id());
    figures.put("heapLimitBytes", Runtime.getRuntime().maxMemory());
    figures.put("peakHeapBytes", peak());
    figures.put("tensorBytes", PreparedProgram.memory(model.program()));
    System.out.println(new ObjectMapper().writeValueAsString(Map.of("memory", figures)));
  }

  /** The sum of the peaks of the heap's pools, so at least the peak of the heap. */
  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
