package dev.hologrid.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The drawing in docs/architecture.md, as tests. */
@AnalyzeClasses(
    packages = "dev.hologrid.gateway",
    importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {
  private static final int MOST_OTHERS = 30;
  private static final int MOST_PARAMETERS = 7;

  /** Also where the quick build puts them. */
  static final class WithoutTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/");
    }
  }

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
  static final ArchRule vertx_stays_at_the_edges =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.hologrid.gateway", "..http..", "..stream..", "..source..", "..notify..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..");

  /** Time is an argument: the command line makes the one clock and {@link Gateway} hands it on. */
  @ArchTest
  static final ArchRule only_the_command_line_reads_the_clock =
      noClasses()
          .that()
          .resideOutsideOfPackage("..command..")
          .should(callAny("read the clock of the machine", ArchitectureTest::readsTheClock));

  @ArchTest
  static final ArchRule nothing_is_serialized_by_java =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class);

  @ArchTest
  static final ArchRule concrete_classes_are_final =
      classes()
          .that()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .and()
          .doNotHaveModifier(JavaModifier.ABSTRACT)
          .and()
          .areNotAnonymousClasses()
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .haveModifier(JavaModifier.FINAL);

  /** Or it is part of what such a type says: a parameter, a result, an interface. */
  @ArchTest
  static final ArchRule a_public_type_is_used_from_another_package =
      classes()
          .that()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .and()
          .doNotHaveSimpleName("Main")
          .should(
              new ArchCondition<>("be used from another package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean used =
                      type.getDirectDependenciesToSelf().stream()
                          .map(Dependency::getOriginClass)
                          .anyMatch(
                              each ->
                                  !each.getPackageName().equals(type.getPackageName())
                                      || each.getModifiers().contains(JavaModifier.PUBLIC)
                                          && !each.equals(type));
                  if (!used) {
                    events.add(
                        SimpleConditionEvent.violated(
                            type, type.getName() + " is public and used in its own package only"));
                  }
                }
              });

  /** The reach of a type; {@link Assembly} joins everything and is the one exception. */
  @ArchTest
  static final ArchRule types_reach_few_others =
      classes()
          .that()
          .doNotHaveSimpleName("Assembly")
          .should(
              new ArchCondition<>("use at most " + MOST_OTHERS + " types of other packages") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  long others =
                      type.getDirectDependenciesFromSelf().stream()
                          .map(each -> each.getTargetClass().getBaseComponentType())
                          .filter(each -> !each.getPackageName().startsWith("java."))
                          .filter(each -> !each.isPrimitive())
                          .filter(each -> !each.getPackageName().equals(type.getPackageName()))
                          .distinct()
                          .count();
                  if (others > MOST_OTHERS) {
                    events.add(
                        SimpleConditionEvent.violated(
                            type, type.getName() + " uses " + others + " types of other packages"));
                  }
                }
              });

  @ArchTest
  static final ArchRule parameters_are_few =
      codeUnits()
          .that()
          .areDeclaredInClassesThat()
          .areNotRecords()
          .and()
          .areDeclaredInClassesThat()
          .areNotEnums()
          .should(
              new ArchCondition<>("have at most " + MOST_PARAMETERS + " parameters") {
                @Override
                public void check(JavaCodeUnit unit, ConditionEvents events) {
                  int count = unit.getRawParameterTypes().size();
                  if (count > MOST_PARAMETERS && !unit.getName().startsWith("lambda$")) {
                    events.add(
                        SimpleConditionEvent.violated(
                            unit, unit.getFullName() + " has " + count + " parameters"));
                  }
                }
              });

  @ArchTest
  static final ArchRule incidents_know_no_transport =
      noClasses()
          .that()
          .resideInAPackage("..incident..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(within("http", "stream", "source", "archive"));

  @ArchTest
  static final ArchRule decoders_know_no_source =
      noClasses()
          .that()
          .resideInAPackage("..decode..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(within("source", "ingest", "journal", "http"));

  /** Both are tested against the examples of docs/wire-format, so they share no mistake. */
  @Test
  void the_simulator_shares_no_code_with_the_gateway() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.hologrid.gateway..", "dev.hologrid.rules..")
        .check(new ClassFileImporter().importPackages("dev.hologrid.simulator"));
  }

  private static String[] within(String... packages) {
    return Stream.of(packages)
        .map(each -> "dev.hologrid.gateway." + each + "..")
        .toArray(String[]::new);
  }

  private static boolean readsTheClock(JavaMethodCall call) {
    JavaClass owner = call.getTargetOwner();
    String method = call.getTarget().getName();
    return owner.isEquivalentTo(System.class) && method.equals("currentTimeMillis")
        || owner.isEquivalentTo(Clock.class) && method.startsWith("system")
        || owner.getPackageName().equals("java.time") && method.equals("now");
  }

  private static ArchCondition<JavaClass> callAny(String what, Predicate<JavaMethodCall> calls) {
    return new ArchCondition<>(what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaMethodCall each : type.getMethodCallsFromSelf()) {
          if (calls.test(each)) {
            events.add(SimpleConditionEvent.satisfied(each, each.getDescription()));
          }
        }
      }
    };
  }

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
