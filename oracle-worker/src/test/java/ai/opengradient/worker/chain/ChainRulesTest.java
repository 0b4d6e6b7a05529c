package ai.opengradient.worker.chain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may do what with the chain. */
@AnalyzeClasses(
    packages = "ai.opengradient.worker",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ChainRulesTest {

  @ArchTest
  static final ArchRule ONLY_TRANSACTIONS_SENDS =
      noClasses()
          .that()
          .resideOutsideOfPackage("..worker.transactions..")
          .should()
          .callMethod(ChainClient.class, "sendRawTransaction", String.class);

  @ArchTest
  static final ArchRule WEB3J_STAYS_WITH_THE_CHAIN_AND_THE_KEYS =
      noClasses()
          .that()
          .resideOutsideOfPackages("..worker.chain..", "..worker.keys..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.web3j..");

  @ArchTest
  static final ArchRule THE_CHAIN_KNOWS_NOBODY_WHO_USES_IT =
      noClasses()
          .that()
          .resideInAPackage("..worker.chain..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..worker.transactions..", "..worker.keys..", "..worker.journal..");
}
