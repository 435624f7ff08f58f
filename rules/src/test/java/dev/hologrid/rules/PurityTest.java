package dev.hologrid.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Rules have no clock, no threads, no files and no network; packages have no circles. */
final class PurityTest {
  private static final JavaClasses RULES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.hologrid.rules");

  @Test
  void no_clock() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(java.time.Clock.class)
        .check(RULES);
  }

  @Test
  void no_files_no_network_no_threads() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, java.io.File.class)
        .because("Shapes, which many threads share, is the one exception")
        .check(RULES.that(new NotShapes()));
  }

  private static final class NotShapes
      extends com.tngtech.archunit.base.DescribedPredicate<
          com.tngtech.archunit.core.domain.JavaClass> {
    NotShapes() {
      super("not Shapes");
    }

    @Override
    public boolean test(com.tngtech.archunit.core.domain.JavaClass type) {
      return !type.getSimpleName().equals("Shapes");
    }
  }

  @Test
  void no_circles_of_packages() {
    slices().matching("dev.hologrid.rules.(*)..").should().beFreeOfCycles().check(RULES);
  }
}
