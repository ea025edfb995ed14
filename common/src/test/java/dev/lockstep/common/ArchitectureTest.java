package dev.lockstep.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.lockstep.common");

  @Test
  void theSharedLanguageKnowsNoFrameworkAndNeitherEnd() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "io.debezium..",
            "com.clickhouse..",
            "org.apache.kafka.connect..")
        .because(
            "every service depends on common: put what needs these into the service that owns it")
        .check(CLASSES);
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices()
        .matching("dev.lockstep.common.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a circle is one idea in two folders: move the class that closes it")
        .check(CLASSES);
  }
}
