package ai.opengradient.worker.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callCodeUnitWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.admin.AdminServer;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.LogPoller;
import ai.opengradient.worker.inference.InferenceProcess;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.keys.KeyLock;
import ai.opengradient.worker.keys.Keystore;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.serve.WorkerService;
import ai.opengradient.worker.telemetry.WorkerLog;
import ai.opengradient.worker.telemetry.WorkerMetrics;
import ai.opengradient.worker.transactions.CommandSender;
import ai.opengradient.worker.transactions.TransactionSender;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.InstantSource;
import java.time.temporal.Temporal;
import java.util.Calendar;
import java.util.Date;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The rules of the house about who may see what, as {@code docs/architecture.md} tells them. All
 * modules are read, tests are not.
 */
@AnalyzeClasses(
    packages = "ai.opengradient",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeTestArchives.class
    })
final class ArchitectureTest {
  /** Leaves out the archives in which modules share their tests' parts. */
  static final class DoNotIncludeTestArchives implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String ADMIN = "ai.opengradient.worker.admin..";
  private static final String APP = "ai.opengradient.worker.app..";
  private static final String CANON = "ai.opengradient.canon..";
  private static final String ENGINE = "ai.opengradient.canon.engine..";
  private static final String DISPUTE = "ai.opengradient.worker.dispute..";
  private static final String CHAIN = "ai.opengradient.worker.chain..";
  private static final String CLI = "ai.opengradient.worker.cli..";
  private static final String JOB = "ai.opengradient.worker.job..";
  private static final String JOURNAL = "ai.opengradient.worker.journal..";
  private static final String KEYS = "ai.opengradient.worker.keys..";
  private static final String STORE = "ai.opengradient.store..";
  private static final String TELEMETRY = "ai.opengradient.worker.telemetry..";
  private static final String TRANSACTIONS = "ai.opengradient.worker.transactions..";
  private static final String WORKER = "ai.opengradient.worker..";

  /** What a worker is put together from. */
  private static final Set<Class<?>> PARTS =
      Set.of(
          AdminServer.class,
          ChainClient.class,
          CommandSender.class,
          InferenceProcess.class,
          Journal.class,
          KeyLock.class,
          LogPoller.class,
          TransactionSender.class,
          VerifiedFetch.class,
          WorkerLog.class,
          WorkerMetrics.class,
          WorkerService.class);

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("ai.opengradient.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule CANON_NEEDS_THE_JDK_ONLY =
      classes()
          .that()
          .resideInAPackage(CANON)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(CANON, "java..", "jdk.incubator.vector..", "org.jspecify..");

  /** What consensus code is written after must not depend on how fast it is elsewhere. */
  @ArchTest
  static final ArchRule THE_CANON_KNOWS_NO_ENGINE =
      noClasses()
          .that()
          .resideInAPackage(CANON)
          .and()
          .resideOutsideOfPackage(ENGINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE, "jdk.incubator.vector..");

  @ArchTest
  static final ArchRule THE_STORE_KNOWS_NO_WORKER_AND_NO_CHAIN =
      noClasses()
          .that()
          .resideInAPackage(STORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(WORKER, "org.web3j..");

  /** What is said in court is made by the pure rules of disputes; the chain only writes it down. */
  @ArchTest
  static final ArchRule THE_CHAIN_KNOWS_NOBODY_WHO_USES_IT =
      classes()
          .that()
          .resideInAPackage(CHAIN)
          .should()
          .onlyDependOnClassesThat(
              describe(
                  "are the chain's or a dispute's, or not the worker's",
                  type ->
                      type.getPackageName().startsWith("ai.opengradient.worker.chain")
                          || type.getPackageName().equals("ai.opengradient.worker.dispute")
                          || !type.getPackageName().startsWith("ai.opengradient.worker")));

  @ArchTest
  static final ArchRule ONLY_TRANSACTIONS_SENDS =
      noClasses()
          .that()
          .resideOutsideOfPackage(TRANSACTIONS)
          .should()
          .callMethod(ChainClient.class, "sendRawTransaction", String.class);

  @ArchTest
  static final ArchRule ONLY_KEYS_SEES_PRIVATE_KEYS =
      noClasses()
          .that()
          .resideOutsideOfPackage(KEYS)
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "org\\.web3j\\.crypto\\.(Credentials|ECKeyPair|Wallet|Sign|Bip|Mnemonic|Raw).*"
                  + "|org\\.bouncycastle\\..*");

  @ArchTest
  static final ArchRule ONLY_WHO_SENDS_HOLDS_A_SIGNER =
      noClasses()
          .that()
          .resideOutsideOfPackages(KEYS, TRANSACTIONS, APP, CLI)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Signer.class, Keystore.class);

  @ArchTest
  static final ArchRule ONLY_THE_JOURNAL_SEES_A_DATABASE =
      noClasses()
          .that()
          .resideOutsideOfPackage(JOURNAL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "javax.sql..",
              "org.jdbi..",
              "org.sqlite..",
              "org.postgresql..",
              "com.zaxxer..",
              "org.flywaydb..");

  @ArchTest
  static final ArchRule ONLY_APP_AND_COMMANDS_WIRE =
      noClasses()
          .that()
          .resideOutsideOfPackages(APP, CLI)
          .should()
          .callCodeUnitWhere(
              describe("another package's part is made", ArchitectureTest::makesAPart))
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(APP, CLI);

  private static boolean makesAPart(JavaCall<?> call) {
    JavaClass part = call.getTargetOwner();
    boolean makes =
        call instanceof JavaConstructorCall
            || call.getTarget().resolveMember().stream()
                .anyMatch(member -> member.getModifiers().contains(JavaModifier.STATIC));
    return makes
        && PARTS.stream().anyMatch(part::isEquivalentTo)
        && !call.getOriginOwner().getPackage().equals(part.getPackage());
  }

  @ArchTest
  static final ArchRule THE_APPLICATION_IS_STARTED_BY_COMMANDS =
      noClasses().that().resideInAPackage(APP).should().dependOnClassesThat().resideInAPackage(CLI);

  @ArchTest
  static final ArchRule THE_JOBS_STATE_MACHINE_IS_PURE =
      classes()
          .that()
          .resideInAPackage(JOB)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(JOB, "java.lang", "java.lang.runtime", "java.util", "org.jspecify..")
          .andShould(
              not(
                  callCodeUnitWhere(
                      describe("chance or the system is asked", ArchitectureTest::isImpure))));

  /** A dispute reads a trace's file, and no clock, no chain, nothing by chance. */
  @ArchTest
  static final ArchRule DISPUTES_ARE_PURE =
      classes()
          .that()
          .resideInAPackage(DISPUTE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              DISPUTE,
              CANON,
              "java.io",
              "java.lang..",
              "java.math",
              "java.nio",
              "java.util..",
              "org.jspecify..")
          .andShould(
              not(
                  callCodeUnitWhere(
                      describe("chance or the system is asked", ArchitectureTest::isImpure))));

  private static boolean isImpure(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    return owner.isEquivalentTo(System.class)
        || owner.isEquivalentTo(Thread.class)
        || owner.isAssignableTo(RandomGenerator.class)
        || call.getTarget().getName().startsWith("random");
  }

  @ArchTest
  static final ArchRule WEB3J_STAYS_WITH_CHAIN_TRANSACTIONS_AND_KEYS =
      noClasses()
          .that()
          .resideOutsideOfPackages(CHAIN, TRANSACTIONS, KEYS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.web3j..");

  @ArchTest
  static final ArchRule VERTX_STAYS_AT_THE_EDGES =
      noClasses()
          .that()
          .resideInAPackage(WORKER)
          .and()
          .resideOutsideOfPackages(ADMIN, APP, CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  @ArchTest
  static final ArchRule NOBODY_READS_THE_SYSTEM_CLOCK =
      noClasses()
          .that()
          .resideOutsideOfPackages(APP, TELEMETRY)
          .should()
          .callCodeUnitWhere(describe("the system clock is read", ArchitectureTest::readsTheClock));

  private static boolean readsTheClock(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    String name = call.getTarget().getName();
    return (owner.isEquivalentTo(System.class)
            && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
        || (owner.isAssignableTo(Temporal.class) && name.equals("now"))
        || (owner.isAssignableTo(InstantSource.class)
            && (name.startsWith("system") || name.startsWith("tick")))
        || (owner.isAssignableTo(Calendar.class) && name.equals("getInstance"))
        || (owner.isEquivalentTo(Date.class) && call instanceof JavaConstructorCall);
  }
}
