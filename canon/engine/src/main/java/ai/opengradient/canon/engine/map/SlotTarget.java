package ai.opengradient.canon.engine.map;

import ai.opengradient.canon.engine.elements.Elements;

/** Where a slot's values go. */
interface SlotTarget {
  /** Takes each {@code stride}-th element of an operand from a place on, from {@code at} on. */
  void copy(Elements source, int from, int stride, int length, int at);

  /** Takes so many pads. */
  void fill(int at, int length, long pad);

  /** The elements of a tensor. */
  record OfElements(Elements target) implements SlotTarget {
    @Override
    public void copy(Elements source, int from, int stride, int length, int at) {
      source.copy(from, stride, length, target, at);
    }

    @Override
    public void fill(int at, int length, long pad) {
      target.fill(at, length, pad);
    }
  }
}
