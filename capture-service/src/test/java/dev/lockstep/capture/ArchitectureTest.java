package dev.lockstep.capture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.lockstep.capture");

  @Test
  void theDataPlaneKnowsNoSpring() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..charsets..",
            "..json..",
            "..encode..",
            "..schemas..",
            "..publish..",
            "..transforms..",
            "..engine..",
            "..connectors..",
            "..credentials..",
            "..progress..",
            "..source..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .because("the core is plain classes: wire it in CaptureConfiguration")
        .check(CLASSES);
  }

  @Test
  void anEventFlowsOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("connectors")
        .definedBy("..connectors..")
        .layer("engine")
        .definedBy("..engine..")
        .layer("publish")
        .definedBy("..publish..")
        .layer("transforms")
        .definedBy("..transforms..")
        .layer("schemas")
        .definedBy("..schemas..")
        .layer("encode")
        .definedBy("..encode..")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("connectors")
        .whereLayer("publish")
        .mayOnlyBeAccessedByLayers("connectors", "engine")
        .whereLayer("schemas")
        .mayOnlyBeAccessedByLayers("connectors", "publish", "transforms")
        .whereLayer("transforms")
        .mayOnlyBeAccessedByLayers("connectors", "engine", "publish")
        .whereLayer("encode")
        .mayOnlyBeAccessedByLayers("publish", "transforms")
        .because("each step calls the next and none reaches back")
        .check(CLASSES);
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices()
        .matching("dev.lockstep.capture.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a circle is one idea in two folders: move the class that closes it")
        .check(CLASSES);
  }
}
