package ai.opengradient.worker.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import ai.opengradient.worker.chain.ChainClient;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The rules of the house about who may see what. */
@AnalyzeClasses(packages = "ai.opengradient", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String OURS = "ai.opengradient.worker.";

  @ArchTest
  static final ArchRule CANON_STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage("ai.opengradient.canon..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("ai.opengradient.canon..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule ONLY_TRANSACTIONS_SENDS =
      noClasses()
          .that()
          .resideOutsideOfPackages(OURS + "transactions..", OURS + "chain..")
          .should()
          .callMethod(ChainClient.class, "sendRawTransaction", String.class);

  @ArchTest
  static final ArchRule ONLY_KEYS_SEES_PRIVATE_KEYS =
      noClasses()
          .that()
          .resideOutsideOfPackage(OURS + "keys..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "org\\.web3j\\.crypto\\.(Credentials|ECKeyPair|Wallet.*|Bip.*|Mnemonic.*|Sign)");

  @ArchTest
  static final ArchRule ONLY_JOURNAL_SEES_JDBC =
      noClasses()
          .that()
          .resideOutsideOfPackage(OURS + "journal..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "javax.sql..", "org.jdbi..", "org.sqlite..", "org.flywaydb..");

  @ArchTest
  static final ArchRule ONLY_COMMANDS_START_THE_APPLICATION =
      noClasses()
          .that()
          .resideOutsideOfPackages(OURS + "app..", OURS + "cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(OURS + "app..");

  @ArchTest
  static final ArchRule THE_JOBS_STATE_MACHINE_IS_PURE =
      classes()
          .that()
          .resideInAPackage(OURS + "job..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(OURS + "job..", "java.lang..", "java.util..", "org.jspecify..");

  @ArchTest
  static final ArchRule WEB3J_STOPS_AT_THE_CHAIN =
      noClasses()
          .that()
          .resideOutsideOfPackages(OURS + "chain..", OURS + "transactions..", OURS + "keys..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.web3j..");

  @ArchTest
  static final ArchRule NOBODY_READS_THE_CLOCK =
      noClasses()
          .that()
          .resideInAPackage("ai.opengradient.worker..")
          .and()
          .resideOutsideOfPackages(OURS + "app..", OURS + "telemetry..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC");
}
