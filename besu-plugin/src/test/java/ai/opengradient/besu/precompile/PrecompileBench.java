package ai.opengradient.besu.precompile;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Measures the calls of {@link TypicalCalls} and {@link WorstCalls} on one thread, in its processor
 * time, and prints one line of JSON. All calls take turns in one process, as on a node: so what is
 * compiled is fitted to none of them. With the name of a file, writes the typical calls there
 * instead, a line {@code name, tab, hexadecimal digits} for each, so that others can measure them,
 * too.
 */
public final class PrecompileBench {
  private static final int WARMUPS = 5;
  private static final int ROUNDS = 15;
  private static final long SLICE_NANOSECONDS = 20_000_000;
  private static final int PRICINGS = 20_000;
  private static final double NANOSECONDS_PER_MICROSECOND = 1_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What measured calls came to, so that none is left out as of no use. */
  private long total;

  private PrecompileBench() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 1) {
      List<String> lines = new ArrayList<>();
      TypicalCalls.all()
          .forEach((name, call) -> lines.add(name + "\t" + HexFormat.of().formatHex(call)));
      Files.write(Path.of(arguments[0]), lines);
      return;
    }
    System.out.println(
        new ObjectMapper().writeValueAsString(Map.of("calls", new PrecompileBench().figures())));
  }

  private List<Map<String, Object>> figures() {
    Map<String, byte[]> calls = new LinkedHashMap<>(TypicalCalls.all());
    calls.putAll(WorstCalls.all());
    Map<String, List<Double>> runs = new LinkedHashMap<>();
    Map<String, List<Double>> pricings = new LinkedHashMap<>();
    for (int round = -WARMUPS; round < ROUNDS; round++) {
      boolean isMeasured = round >= 0;
      calls.forEach((name, call) -> {
        double run = nanoseconds(call, one -> CanonPrecompile.run(one).data().length, 1);
        double pricing = nanoseconds(call, one -> CanonPrecompile.gas(CallBytes.of(one)), PRICINGS);
        if (isMeasured) {
          runs.computeIfAbsent(name, key -> new ArrayList<>()).add(run);
          pricings.computeIfAbsent(name, key -> new ArrayList<>()).add(pricing);
        }
      });
    }
    List<Map<String, Object>> figures = new ArrayList<>();
    runs.forEach((name, run) -> {
      Map<String, Object> figure = figure(name, calls.getOrDefault(name, new byte[0]));
      double nanoseconds = median(run);
      figure.put("nanoseconds", nanoseconds);
      figure.put("nanosecondsOfPricing", median(pricings.getOrDefault(name, List.of())));
      figure.put(
          "megagasPerSecond",
          CanonPrecompile.gas(CallBytes.of(calls.getOrDefault(name, new byte[0])))
              / nanoseconds
              * NANOSECONDS_PER_MICROSECOND);
      figures.add(figure);
    });
    System.err.printf("answers of %,d bytes and gas%n", total);
    return figures;
  }

  private static Map<String, Object> figure(String name, byte[] call) {
    int zeros = 0;
    for (byte one : call) {
      zeros += one == 0 ? 1 : 0;
    }
    Map<String, Object> figure = new LinkedHashMap<>();
    figure.put("name", name);
    figure.put("typical", TypicalCalls.all().containsKey(name));
    figure.put("bytes", call.length);
    figure.put("zeroBytes", zeros);
    figure.put("gas", CanonPrecompile.gas(CallBytes.of(call)));
    return figure;
  }

  /** The mean over a slice of time, asking for the time after so many. */
  private double nanoseconds(byte[] call, ToLongFunction<byte[]> measured, int batch) {
    long begin = THREADS.getCurrentThreadCpuTime();
    long spent;
    long times = 0;
    int portion = batch;
    do {
      for (int left = portion; left > 0; left--) {
        total += measured.applyAsLong(call);
      }
      times += portion;
      spent = THREADS.getCurrentThreadCpuTime() - begin;
      // Asking for the time takes as long as a short call.
      portion = spent < SLICE_NANOSECONDS / 8 ? portion * 2 : portion;
    } while (spent < SLICE_NANOSECONDS && times < 10L * PRICINGS);
    return (double) spent / times;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
