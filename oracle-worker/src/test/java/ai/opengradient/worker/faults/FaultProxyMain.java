package ai.opengradient.worker.faults;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A proxy as a process of its own, for the fault bench: {@code FaultProxyMain NODE PORT SEED}. Does
 * what lines on standard input say, and answers each with a line of JSON: what it has done so far.
 *
 * <pre>
 *   peace                   nothing happens from now on
 *   faults PERMILLE KIND…   each of these happens this often
 *   dead                    every connection breaks
 *   alive                   none does
 *   counts                  only the answer
 * </pre>
 *
 * It ends with its input.
 */
public final class FaultProxyMain {

  private static final JsonMapper JSON = new JsonMapper();

  private FaultProxyMain() {}

  /** Runs until the input ends. */
  public static void main(String[] arguments) throws IOException {
    URI node = URI.create(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    try (FaultProxy proxy = new FaultProxy(node, port, seed, FaultPlan.peace());
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String order = "counts"; order != null; order = orders.readLine()) {
        obey(proxy, order.split(" "));
        System.out.println(
            JSON.writeValueAsString(
                Map.of("questions", proxy.questions(), "faults", proxy.counts())));
      }
    }
    // What still waits in a connection has no say in when this ends.
    System.exit(0);
  }

  private static void obey(FaultProxy proxy, String... order) {
    switch (order[0]) {
      case "peace" -> proxy.follow(FaultPlan.peace());
      case "faults" -> proxy.follow(FaultPlan.of(Integer.parseInt(order[1]), kinds(order)));
      case "dead" -> proxy.die(true);
      case "alive" -> proxy.die(false);
      case "counts" -> {}
      default -> throw new IllegalArgumentException("no such order: " + order[0]);
    }
  }

  private static Set<FaultKind> kinds(String... order) {
    return Arrays.stream(order).skip(2).map(FaultKind::valueOf).collect(Collectors.toSet());
  }
}
