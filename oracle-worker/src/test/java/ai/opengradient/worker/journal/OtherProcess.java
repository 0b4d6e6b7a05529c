package ai.opengradient.worker.journal;

import java.nio.file.Path;

/** A program that opens the journal in the folder it is given and says how that went. */
final class OtherProcess {

  private OtherProcess() {}

  public static void main(String[] arguments) {
    try (Journal journal = JournalFixture.open(Path.of(arguments[0]))) {
      System.out.println("opened with " + journal.openJobs().size() + " open jobs");
    } catch (JournalException refused) {
      System.out.println(refused);
    }
  }
}
