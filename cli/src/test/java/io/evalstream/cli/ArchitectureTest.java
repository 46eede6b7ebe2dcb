package io.evalstream.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between modules point down, and heavy libraries stay where they belong. */
class ArchitectureTest {

  private static final String ROOT = "io.evalstream.";

  /** Which modules a module may use. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "events", Set.of(),
          "statistics", Set.of(),
          "simulator", Set.of(),
          "loadgenerator", Set.of("events", "statistics"),
          "datasets", Set.of(),
          "jobs", Set.of("events", "statistics"),
          "local", Set.of("events", "statistics", "simulator", "loadgenerator", "jobs"),
          "cli",
              Set.of(
                  "events",
                  "statistics",
                  "simulator",
                  "loadgenerator",
                  "datasets",
                  "jobs",
                  "local"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.evalstream");

  static Stream<String> modules() {
    return ARROWS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void arrowsPointDown(String module) {
    String[] forbidden =
        ARROWS.keySet().stream()
            .filter(other -> !other.equals(module) && !ARROWS.get(module).contains(other))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);

    assertThat(CLASSES.stream().anyMatch(c -> c.getPackageName().startsWith(ROOT + module)))
        .as("module %s has classes", module)
        .isTrue();
    if (forbidden.length > 0) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + module + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(forbidden)
          .check(CLASSES);
    }
  }

  @Test
  void everyModuleIsKnownHere() {
    Set<String> found =
        CLASSES.stream()
            .map(c -> c.getPackageName().substring(ROOT.length()).replaceFirst("\\..*", ""))
            .collect(java.util.stream.Collectors.toSet());

    assertThat(found).isEqualTo(ARROWS.keySet());
  }

  @Test
  void aGeneratorHoldsNoBrokerNoFlinkNoDatabase() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "loadgenerator..", ROOT + "simulator..", ROOT + "events..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink..", "kafka..", "com.clickhouse..")
        .check(CLASSES);
  }

  @Test
  void statisticsDoesNoInputOrOutput() {
    for (String forbidden : List.of("java.io..", "java.nio..", "java.net..", "java.sql..")) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + "statistics..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(forbidden)
          .check(CLASSES);
    }
  }

  /** Prompts in the clear are on no disk but the log's. */
  @Test
  void snapshotsMakeNoTemporaryFileAndNoLogLine() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "datasets.snapshot..")
        .should()
        .callMethodWhere(
            JavaCall.Predicates.target(
                HasName.Predicates.nameMatching("createTemp.*|printStackTrace")))
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("org.slf4j..", "org.apache.logging..", "java.util.logging..")
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    for (String module : ARROWS.keySet()) {
      slices()
          .matching(ROOT + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }
}
