package dev.hologrid.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.hologrid.gateway.component.Component;

/** The drawing in docs/architecture.md, as tests. */
@AnalyzeClasses(
    packages = "dev.hologrid.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule gateway_never_uses_the_simulator =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.hologrid.simulator..");

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("dev.hologrid.gateway.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule paho_stays_in_the_broker_source =
      noClasses()
          .that()
          .resideOutsideOfPackages("..source.broker..", "..notify..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.paho..");

  @ArchTest
  static final ArchRule the_influx_client_stays_in_the_archive =
      noClasses()
          .that()
          .resideOutsideOfPackage("..archive..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.influxdb..");

  @ArchTest
  static final ArchRule only_the_journal_forces_files =
      noClasses()
          .that()
          .resideOutsideOfPackage("..journal..")
          .should()
          .callMethod(java.nio.channels.FileChannel.class, "force", boolean.class);

  @ArchTest
  static final ArchRule incidents_read_no_clock =
      noClasses()
          .that()
          .resideInAPackage("..incident..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule components_are_final =
      classes()
          .that()
          .areAssignableTo(Component.class)
          .and()
          .areNotInterfaces()
          .should()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule names_say_something =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Service")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Util");
}
