package ai.opengradient.store.fetch;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.Sha256;
import ai.opengradient.store.manifest.FileReference;
import ai.opengradient.store.unixfs.FileSink;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Passes a file on and compares length and sha-256 of the whole with what was promised. */
final class FileCheck implements FileSink {
  private final FileReference promised;
  private final FileSink target;
  private final MessageDigest sha256 = Sha256.start();
  private long length;

  FileCheck(FileReference promised, FileSink target) {
    this.promised = promised;
    this.target = target;
  }

  @Override
  public void begin(long total) {
    target.begin(total);
  }

  @Override
  public void accept(ByteBuffer piece) {
    length += piece.remaining();
    sha256.update(piece.duplicate());
    target.accept(piece);
  }

  /**
   * To be called once, after the last byte.
   *
   * @throws StoreException.WrongFile if it is another file
   */
  void require() {
    Hash hash = Hash.of(sha256.digest());
    if (length != promised.length() || !hash.equals(promised.sha256())) {
      throw new StoreException.WrongFile(
          "the blocks of "
              + promised.cid()
              + " make "
              + length
              + " bytes with sha-256 "
              + hash
              + ", but "
              + promised.length()
              + " bytes with "
              + promised.sha256()
              + " were promised; the manifest or the version is wrong");
    }
  }
}
