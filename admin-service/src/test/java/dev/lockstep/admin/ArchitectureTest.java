package dev.lockstep.admin;

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
          .importPackages("dev.lockstep.admin");

  @Test
  void theDomainKnowsNoHttp() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..connectors..", "..names..", "..outbox..", "..secrets..", "..status..", "..topics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework.web..",
            "org.springframework.http..",
            "jakarta.servlet..",
            "io.swagger..")
        .because("the same change may come in another way: speak HTTP in connect, tables, overview")
        .check(CLASSES);
  }

  @Test
  void ofMappingsAndSnapshotsOnlyTheCallsKnowHttp() {
    noClasses()
        .that()
        .resideInAnyPackage("..mappings..", "..snapshots..")
        .and()
        .haveNameNotMatching(".*\\.(Mapping|Snapshot)(Api|Calls|View)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework.web..",
            "org.springframework.http..",
            "jakarta.servlet..",
            "io.swagger..")
        .because(
            "the same change may come in another way: speak HTTP in MappingCalls or SnapshotCalls")
        .check(CLASSES);
  }

  @Test
  void onlyStoresSpeakSql() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.(ConnectorStore|MappingStore|Outbox|AdminConfiguration)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework.jdbc..", "javax.sql..")
        .because("what else needs the database asks ConnectorStore, MappingStore or Outbox")
        .check(CLASSES);
  }

  @Test
  void readersOfTopicsKnowNoSpring() {
    noClasses()
        .that()
        .resideInAnyPackage("..secrets..", "..status..", "..topics..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .because("they are plain classes: wire them in AdminConfiguration")
        .check(CLASSES);
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices()
        .matching("dev.lockstep.admin.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a circle is one idea in two folders: move the class that closes it")
        .check(CLASSES);
  }
}
