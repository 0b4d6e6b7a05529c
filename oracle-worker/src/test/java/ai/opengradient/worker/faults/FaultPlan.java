package ai.opengradient.worker.faults;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How often what happens.
 *
 * @param permille of the questions that each kind may happen to
 */
public record FaultPlan(Map<FaultKind, Integer> permille) {

  public FaultPlan {
    permille = Map.copyOf(permille);
  }

  /** Nothing happens. */
  public static FaultPlan peace() {
    return new FaultPlan(Map.of());
  }

  /** Each of these happens this often. */
  public static FaultPlan of(int permille, Set<FaultKind> kinds) {
    return new FaultPlan(
        kinds.stream().collect(Collectors.toMap(Function.identity(), kind -> permille)));
  }

  /** Everything happens this often. */
  public static FaultPlan everything(int permille) {
    return of(permille, Set.copyOf(Arrays.asList(FaultKind.values())));
  }

  /** What happens to the next question; draws as often whatever the question. */
  Optional<FaultKind> draw(Random random, boolean isAboutHead) {
    Map<FaultKind, Boolean> drawn = new EnumMap<>(FaultKind.class);
    for (FaultKind kind : FaultKind.values()) {
      drawn.put(kind, random.nextInt(1_000) < permille.getOrDefault(kind, 0));
    }
    return drawn.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .filter(kind -> isAboutHead || !kind.isOfHeads())
        .findFirst();
  }
}
