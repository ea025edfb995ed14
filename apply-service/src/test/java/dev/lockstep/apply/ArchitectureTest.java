package dev.lockstep.apply;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.lockstep.apply");

  @Test
  void theCoreKnowsNoSpring() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..apply.types..",
            "..apply.encode..",
            "..apply.errors..",
            "..apply.tables..",
            "..apply.write..",
            "..apply.commit..",
            "..apply.quarantine..",
            "..apply.schemas..",
            "..apply.status..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .because("the core is tested without a context: put wiring into ApplyConfiguration")
        .check(CLASSES);
  }

  @Test
  void typesAndEncodingKnowNeitherKafkaNorClickHousesClient() {
    noClasses()
        .that()
        .resideInAnyPackage("..apply.types..", "..apply.encode..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "com.clickhouse..")
        .because("they turn JSON into bytes and nothing else: pass bytes in, take a RowBuffer out")
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices()
        .matching("dev.lockstep.apply.(*)..")
        .should()
        .beFreeOfCycles()
        .because(
            "a record goes one way through: intake, write, encode, types; move what reaches back")
        .check(CLASSES);
  }
}
