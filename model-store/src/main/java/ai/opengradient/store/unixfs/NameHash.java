package ai.opengradient.store.unixfs;

import java.nio.charset.StandardCharsets;

/**
 * The hash of an entry's name, of which each shard on the way uses the next bits.
 *
 * @param bits murmur3's, the first ones used first
 */
record NameHash(long bits) {
  static NameHash of(String name) {
    return new NameHash(Murmur3.hash(name.getBytes(StandardCharsets.UTF_8)));
  }

  /** The place in a shard below so many others, all of them with 2^bitsEach places. */
  int place(int depth, int bitsEach) {
    return (int) (bits >>> (Long.SIZE - bitsEach * (depth + 1))) & ((1 << bitsEach) - 1);
  }
}
