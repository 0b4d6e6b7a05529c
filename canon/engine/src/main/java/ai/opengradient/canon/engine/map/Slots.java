package ai.opengradient.canon.engine.map;

import ai.opengradient.canon.engine.access.IndexMap;
import ai.opengradient.canon.engine.access.Nest;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The index maps of a MAP's slots, with its space's axes merged as far as they all allow. */
final class Slots {
  private final List<Slot> slots;
  private final Nest nest;

  /** By slot, then by alternative. */
  private final List<List<IndexMap>> maps;

  /** By primitive: of INDEX, the coordinate; of others nothing. */
  private final List<List<IndexMap>> coordinates;

  /**
   * A MAP's.
   *
   * @param counts of its operands' tensors
   */
  Slots(Node.Map map, List<Integer> counts) {
    slots = map.slots();
    int[] extents = Nest.box(map.space());
    List<List<IndexMap>> unmerged = new ArrayList<>();
    int operand = 0;
    for (Slot slot : slots) {
      List<IndexMap> alternatives = new ArrayList<>();
      for (Operand alternative : slot.alternatives()) {
        alternatives.add(IndexMap.of(alternative.view(), counts.get(operand++), extents));
      }
      unmerged.add(alternatives);
    }
    List<List<IndexMap>> indices =
        map.expression().primitives().stream()
            .map(primitive -> coordinate(primitive, extents))
            .toList();
    nest =
        Nest.of(
            extents,
            Stream.concat(unmerged.stream(), indices.stream())
                .flatMap(List::stream)
                .flatMap(index -> index.forms().stream())
                .toList());
    maps = unmerged.stream().map(this::merged).toList();
    coordinates = indices.stream().map(this::merged).toList();
  }

  /** A coordinate is the number of an element of a tensor as long as the axis. */
  private static List<IndexMap> coordinate(Primitive primitive, int[] extents) {
    if (!(primitive instanceof Primitive.Index index)) {
      return List.of();
    }
    int extent = extents[index.axis()];
    return List.of(IndexMap.of(View.of(View.Axis.along(extent, index.axis())), extent, extents));
  }

  private List<IndexMap> merged(List<IndexMap> unmerged) {
    return unmerged.stream().map(map -> map.over(nest)).toList();
  }

  Nest nest() {
    return nest;
  }

  int count() {
    return slots.size();
  }

  /** The maps of a slot's alternatives. */
  List<IndexMap> maps(int slot) {
    return maps.get(slot);
  }

  /** A reader of a slot. */
  SlotReader reader(int slot, List<Elements> operands) {
    int first = maps.subList(0, slot).stream().mapToInt(List::size).sum();
    int limit = first + maps.get(slot).size();
    return new SlotReader(
        nest, maps.get(slot), operands.subList(first, limit), slots.get(slot).pad());
  }

  /** The map of the coordinate that a primitive, an INDEX, takes. */
  IndexMap coordinate(int primitive) {
    return coordinates.get(primitive).getFirst();
  }
}
