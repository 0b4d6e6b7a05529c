package ai.opengradient.store.fetch;

import ai.opengradient.store.unixfs.FileSink;
import java.nio.ByteBuffer;

/** Passes a file on to be written, and tells how far it is. */
final class TellingSink implements FileSink {
  private final FileSink target;
  private final UnfinishedFile file;
  private final SourcePool sources;
  private final Progress progress;
  private long total;

  TellingSink(FileSink target, UnfinishedFile file, SourcePool sources, Progress progress) {
    this.target = target;
    this.file = file;
    this.sources = sources;
    this.progress = progress;
  }

  @Override
  public void begin(long length) {
    total = length;
    target.begin(length);
  }

  @Override
  public void accept(ByteBuffer piece) {
    target.accept(piece);
    progress.advanced(new FetchReport(file.length(), total, file.resumed(), sources.shares()));
  }
}
