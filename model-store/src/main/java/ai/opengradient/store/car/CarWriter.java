package ai.opengradient.store.car;

import ai.opengradient.store.block.Block;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.content.Varint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Writes a CARv1 piece by piece: the header at once, then each block as it is given. */
public final class CarWriter implements Consumer<Block> {
  private final Consumer<ByteBuffer> sink;

  /**
   * Writes the header.
   *
   * @param sink takes the archive's bytes in order, a block at most at a time
   */
  public CarWriter(List<ContentId> roots, Consumer<ByteBuffer> sink) {
    this.sink = sink;
    byte[] header = new CarHeader(roots).toByteArray();
    sink.accept(section(header.length, new byte[0], ByteBuffer.wrap(header)));
  }

  /** Writes a block. */
  @Override
  public void accept(Block block) {
    byte[] id = block.id().bytes();
    sink.accept(section(id.length + block.length(), id, block.bytes()));
  }

  private static ByteBuffer section(int length, byte[] id, ByteBuffer content) {
    ByteBuffer section = ByteBuffer.allocate(Varint.MAXIMUM_LENGTH + length);
    Varint.write(length, section);
    return section.put(id).put(content).flip();
  }
}
