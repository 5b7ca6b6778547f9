package dev.vams.migration.checks.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The dependency rule and its companions; docs and code review lean on them. */
@AnalyzeClasses(
    packages = "dev.vams.migration",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {
  private static final String ROOT = "dev.vams.migration.";

  @ArchTest
  static final ArchRule MODULES_DEPEND_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("core")
          .definedBy(ROOT + "core..")
          .layer("s3")
          .definedBy(ROOT + "s3..")
          .layer("dynamodb")
          .definedBy(ROOT + "dynamodb..")
          .layer("workflow")
          .definedBy(ROOT + "workflow..")
          .layer("local")
          .definedBy(ROOT + "local..")
          .layer("cli")
          .definedBy(ROOT + "cli..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("local")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("workflow")
          .mayOnlyBeAccessedByLayers("local", "cli")
          .whereLayer("s3")
          .mayOnlyBeAccessedByLayers("workflow")
          .whereLayer("dynamodb")
          .mayOnlyBeAccessedByLayers("workflow")
          .because(
              "core <- s3, dynamodb <- workflow <- local <- cli keeps the rules of a migration apart"
                  + " from the services and from how a run is started");

  @ArchTest
  static final ArchRule SDK_STOPS_AT_THE_ADAPTERS =
      noClasses()
          .that(
              not(resideInAnyPackage(ROOT + "s3..", ROOT + "dynamodb..", ROOT + "local.sample.."))
                  .and(
                      not(
                          nameMatching(
                              ROOT
                                  + "workflow\\."
                                  + "(RegionalClients|SharedHttp|WorkflowWiring"
                                  + "|ForwardingRetries|PacedRetries|ThrottleCountingRetries|UnprocessedItemsInterceptor)(\\$.*)?")))
                  .and(
                      not(
                          nameMatching(
                              ROOT
                                  + "cli\\.deployed\\."
                                  + "(DeploymentWiring|ServiceCall|StepFunctionsDeployment)(\\$.*)?"))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..")
          .because(
              "only adapters, the wiring and the sample stacks talk to AWS: everything else is"
                  + " tested without it");

  @ArchTest
  static final ArchRule CORE_KEEPS_JACKSON_IN_ONE_PACKAGE =
      noClasses()
          .that(resideInAPackage(ROOT + "core..").and(not(resideInAPackage(ROOT + "core.json.."))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..")
          .because("how records are spelled in JSON must not shape the records");

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_OTHER_LIBRARY =
      classes()
          .that()
          .resideInAPackage(ROOT + "core..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ROOT + "core..", "java..", "com.fasterxml.jackson..")
          .because("the core is plain Java: it outlives SDKs and runs anywhere");

  @ArchTest
  static final ArchRule PACKAGES_OF_A_MODULE_HAVE_NO_CYCLES =
      slices()
          .matching("dev.vams.migration.(**)")
          .should()
          .beFreeOfCycles()
          .because("packages that need each other are one package");

  @ArchTest
  static final ArchRule NOTHING_USES_THE_LOGGING_OF_THE_JDK =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..")
          .because("there is one way to log, and failures belong into the report");

  @ArchTest
  static final ArchRule LOGS_AND_METRICS_ARE_FOR_LAMBDA_ONLY =
      noClasses()
          .that(
              not(
                  nameMatching(
                      ROOT
                          + "workflow\\.(LambdaListener|NotifyHandler|Priming|SharedLogContext|UnitMetrics)(\\$.*)?")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.logging.log4j..",
              "org.slf4j..",
              "software.amazon.cloudwatchlogs..",
              "software.amazon.lambda..")
          .because(
              "the command line runs the same handlers without these libraries, and says nothing"
                  + " but its result and its progress");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS =
      noClasses()
          .that(
              not(resideInAnyPackage(
                      ROOT + "cli..",
                      // The servers' launchers are programs of their own.
                      ROOT + "local.server.child.."))
                  // What Lambda would put into the function's log goes to stderr here.
                  .and(not(nameMatching(ROOT + "local\\.engine\\.WorkerContext.*"))))
          .should(ACCESS_STANDARD_STREAMS)
          .because("stdout carries exactly one result, and only the command line knows which");

  /** The core lends its tests' classes to other modules in a jar of their own. */
  static final class WithoutTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }
}
