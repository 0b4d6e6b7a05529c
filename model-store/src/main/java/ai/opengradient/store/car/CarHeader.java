package ai.opengradient.store.car;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header of a CAR: the roots of what is in it, as dag-cbor.
 *
 * <p>Source: the CARv1 and dag-cbor specifications (ipld.io).
 */
record CarHeader(List<ContentId> roots) {
  /** The longest header that is read. */
  static final int MAXIMUM_LENGTH = 64 << 10;

  private static final long VERSION = 1;
  private static final String ROOTS_KEY = "roots";
  private static final String VERSION_KEY = "version";
  private static final int LINK_TAG = 42;

  private static final int UNSIGNED = 0;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int LIST = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;
  private static final int MAXIMUM_SHORT = 23;

  CarHeader {
    roots = List.copyOf(roots);
  }

  byte[] toByteArray() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    head(bytes, MAP, 2);
    text(bytes, ROOTS_KEY);
    head(bytes, LIST, roots.size());
    for (ContentId root : roots) {
      byte[] id = root.bytes();
      head(bytes, TAG, LINK_TAG);
      head(bytes, BYTES, id.length + 1);
      // A link is the id behind the multibase prefix of binary.
      bytes.write(0);
      bytes.writeBytes(id);
    }
    text(bytes, VERSION_KEY);
    head(bytes, UNSIGNED, VERSION);
    return bytes.toByteArray();
  }

  private static void text(ByteArrayOutputStream bytes, String text) {
    head(bytes, TEXT, text.length());
    bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A head in its shortest form, up to 65,535. */
  private static void head(ByteArrayOutputStream bytes, int major, long value) {
    if (value <= MAXIMUM_SHORT) {
      bytes.write(major << 5 | (int) value);
    } else if (value <= 0xff) {
      bytes.write(major << 5 | MAXIMUM_SHORT + 1);
      bytes.write((int) value);
    } else {
      bytes.write(major << 5 | MAXIMUM_SHORT + 2);
      bytes.write((int) value >>> 8);
      bytes.write((int) value);
    }
  }

  /**
   * @throws StoreException.InvalidArchive if it is anything but the header of a CARv1
   */
  static CarHeader parse(byte[] bytes, String origin) {
    try {
      return new Parsing(ByteBuffer.wrap(bytes), origin).header();
    } catch (BufferUnderflowException e) {
      throw invalid(origin, "it ends inside a value");
    }
  }

  private static StoreException.InvalidArchive invalid(String origin, String why) {
    return new StoreException.InvalidArchive(
        origin + " is not a CAR of version 1: in the header, " + why);
  }

  private record Parsing(ByteBuffer input, String origin) {
    CarHeader header() {
      @Nullable List<ContentId> roots = null;
      long version = 0;
      long fields = value(MAP, "no map");
      for (long field = 0; field < fields; field++) {
        String key = new String(bytes(TEXT, "a key that is no text"), StandardCharsets.UTF_8);
        switch (key) {
          case ROOTS_KEY -> roots = roots();
          case VERSION_KEY -> version = value(UNSIGNED, "a version that is no number");
          default -> throw invalid(origin, "there is a field '" + key + "'");
        }
      }
      if (input.hasRemaining() || fields > 2) {
        throw invalid(origin, "there is more than one map of two fields");
      }
      if (version != VERSION) {
        throw invalid(
            origin, "the version is " + version + "; convert the archive to version " + VERSION);
      }
      if (roots == null) {
        throw invalid(origin, "the roots are missing");
      }
      return new CarHeader(roots);
    }

    private List<ContentId> roots() {
      long count = value(LIST, "roots that are no list");
      List<ContentId> roots = new ArrayList<>();
      for (long root = 0; root < count; root++) {
        if (value(TAG, "a root that is no link") != LINK_TAG) {
          throw invalid(origin, "a root is no link");
        }
        ByteBuffer link = ByteBuffer.wrap(bytes(BYTES, "a root that is no link"));
        if (!link.hasRemaining() || link.get() != 0) {
          throw invalid(origin, "a root is no link");
        }
        byte[] id = new byte[link.remaining()];
        link.get(id);
        roots.add(id(id));
      }
      return roots;
    }

    private ContentId id(byte[] bytes) {
      try {
        return ContentId.fromBytes(bytes);
      } catch (StoreException.InvalidContentId e) {
        throw invalid(origin, "a root can't be read: " + e.getMessage());
      }
    }

    private byte[] bytes(int major, String otherwise) {
      long length = value(major, otherwise);
      if (length > input.remaining()) {
        throw invalid(origin, "a text or an id is longer than what is left");
      }
      byte[] bytes = new byte[(int) length];
      input.get(bytes);
      return bytes;
    }

    /** The number in the head of a value of this kind. */
    private long value(int major, String otherwise) {
      int head = input.get() & 0xff;
      if (head >>> 5 != major) {
        throw invalid(origin, "there is " + otherwise);
      }
      int size = head & 0x1f;
      return switch (size) {
        case MAXIMUM_SHORT + 1 -> input.get() & 0xff;
        case MAXIMUM_SHORT + 2 -> input.getShort() & 0xffff;
        case MAXIMUM_SHORT + 3 -> input.getInt() & 0xffffffffL;
        default -> {
          if (size > MAXIMUM_SHORT) {
            throw invalid(origin, "there is a number that nothing needs");
          }
          yield size;
        }
      };
    }
  }
}
