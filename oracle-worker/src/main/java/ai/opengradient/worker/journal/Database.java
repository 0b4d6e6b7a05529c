package ai.opengradient.worker.journal;

import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** What keeps a journal. All work is done one after the other, in the order asked. */
sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {

  <T> T read(Function<Handle, T> work);

  /** Does the work in one transaction; on disk when this returns. */
  <T> T write(Set<String> transitions, Function<Handle, T> work);

  @Override
  void close();
}
