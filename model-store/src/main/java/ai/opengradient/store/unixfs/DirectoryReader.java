package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads directories, plain and sharded ones, and finds what paths lead to. Names are checked before
 * anyone sees them.
 */
public final class DirectoryReader {
  private static final int MAXIMUM_ENTRIES = 1 << 20;
  private static final int MAXIMUM_SHARDS = 1 << 16;
  private static final int MAXIMUM_SHARD_DEPTH = 64;

  private final BlockSource source;

  public DirectoryReader(BlockSource source) {
    this.source = source;
  }

  /**
   * Whether a root is a directory.
   *
   * @throws StoreException if the block can't be had, or is neither file nor directory
   */
  public boolean isDirectory(ContentId root) {
    return node(root).isPresent();
  }

  /**
   * A directory's entries; of a plain one in its own order, of a sharded one in the trie's.
   *
   * @throws StoreException.InvalidFile if it is not a directory, or has a name twice
   * @throws StoreException.InvalidEntry if a name is none
   * @throws StoreException.LimitExceeded if it has more entries, or more or deeper shards, than are
   *     read
   */
  public List<DirectoryEntry> list(ContentId directory) {
    return list(directory, _ -> {});
  }

  /** The same, and tells of each of the directory's blocks. */
  public List<DirectoryEntry> list(ContentId directory, Consumer<Block> blocks) {
    Listing listing = new Listing();
    new Reading(listing::accept, (place, depth, bits) -> true, blocks).node(directory, false, 0);
    return List.copyOf(listing.entries.values());
  }

  /**
   * What a path leads to.
   *
   * @throws StoreException.NoSuchEntry if a directory on the way does not have the next name
   * @throws StoreException.InvalidFile if something on the way is not a directory
   */
  public ContentId resolve(ContentPath path) {
    return resolve(path, _ -> {});
  }

  /**
   * The same, and tells of each block on the way: those of the directories that the names were
   * looked up in.
   */
  public ContentId resolve(ContentPath path, Consumer<Block> onTheWay) {
    ContentId here = path.root();
    for (String name : path.names()) {
      here = entry(here, name, onTheWay);
    }
    return here;
  }

  private ContentId entry(ContentId directory, String name, Consumer<Block> onTheWay) {
    List<ContentId> found = new ArrayList<>();
    NameHash hash = NameHash.of(name);
    Consumer<DirectoryEntry> entries =
        entry -> {
          if (entry.name().equals(name)) {
            found.add(entry.id());
          }
        };
    Descent descent = (place, depth, bits) -> place == hash.place(depth, bits);
    new Reading(entries, descent, onTheWay).node(directory, false, 0);
    if (found.isEmpty()) {
      throw new StoreException.NoSuchEntry(
          "directory " + directory + " has no entry '" + name + "'");
    }
    return found.getFirst();
  }

  /** Which shards to read. */
  private interface Descent {
    boolean into(int place, int depth, int bits);
  }

  private Optional<DirectoryNode> node(ContentId id) {
    if (id.codec() == Codec.RAW) {
      return Optional.empty();
    }
    Block block = load(id);
    return DirectoryNode.parse(DagNode.parse(block.bytes(), id).data(), id);
  }

  private Block load(ContentId id) {
    return id.isIdentity() ? Block.inline(id) : source.get(id);
  }

  /** One reading of one directory. */
  private final class Reading {
    private final Consumer<DirectoryEntry> entries;
    private final Descent descent;
    private final Consumer<Block> blocks;
    private int count;

    Reading(Consumer<DirectoryEntry> entries, Descent descent, Consumer<Block> blocks) {
      this.entries = entries;
      this.descent = descent;
      this.blocks = blocks;
    }

    void node(ContentId id, boolean shardOnly, int depth) {
      if (id.codec() == Codec.RAW) {
        throw notADirectory(id);
      }
      if (count++ == MAXIMUM_SHARDS || depth == MAXIMUM_SHARD_DEPTH) {
        throw new StoreException.LimitExceeded(
            "the directory has more than "
                + MAXIMUM_SHARDS
                + " shards, or they are deeper than "
                + MAXIMUM_SHARD_DEPTH
                + " levels, at "
                + id);
      }
      Block block = load(id);
      blocks.accept(block);
      DagNode dag = DagNode.parse(block.bytes(), id);
      DirectoryNode directory =
          DirectoryNode.parse(dag.data(), id).orElseThrow(() -> notADirectory(id));
      if (shardOnly && !directory.isShard()) {
        throw new StoreException.InvalidFile(
            "block " + id + " is a directory where a shard of one should be");
      }
      if (directory.isShard() && dag.links().size() > directory.fanout()) {
        throw new StoreException.InvalidFile(
            "block " + id + " is a shard with more links than places");
      }
      for (DagNode.Link link : dag.links()) {
        if (directory.isShard()) {
          inShard(link, directory, id, depth);
        } else {
          entry(link, link.name());
        }
      }
    }

    private void inShard(DagNode.Link link, DirectoryNode shard, ContentId id, int depth) {
      int prefix = shard.prefixLength();
      if (link.name().length() > prefix) {
        entry(link, link.name().substring(prefix));
        return;
      }
      int bits = Integer.numberOfTrailingZeros(shard.fanout());
      if (descent.into(place(link, shard, id), depth, bits)) {
        node(link.target(), true, depth + 1);
      }
    }

    private int place(DagNode.Link link, DirectoryNode shard, ContentId id) {
      try {
        int place = Integer.parseUnsignedInt(link.name(), 16);
        if (link.name().length() == shard.prefixLength() && place < shard.fanout()) {
          return place;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a place out of range.
      }
      throw new StoreException.InvalidFile(
          "block " + id + " is a shard with a link '" + link.name() + "' that names no place");
    }

    private void entry(DagNode.Link link, String name) {
      entries.accept(new DirectoryEntry(EntryName.checked(name), link.target(), link.treeSize()));
    }
  }

  private static StoreException.InvalidFile notADirectory(ContentId id) {
    return new StoreException.InvalidFile("block " + id + " is not a directory");
  }

  /** Collects all entries. */
  private static final class Listing {
    private final Map<String, DirectoryEntry> entries = new LinkedHashMap<>();

    void accept(DirectoryEntry entry) {
      if (entries.put(entry.name(), entry) != null) {
        throw new StoreException.InvalidFile(
            "the directory has two entries called '" + entry.name() + "'");
      }
      if (entries.size() > MAXIMUM_ENTRIES) {
        throw new StoreException.LimitExceeded(
            "the directory has more than " + MAXIMUM_ENTRIES + " entries");
      }
    }
  }
}
