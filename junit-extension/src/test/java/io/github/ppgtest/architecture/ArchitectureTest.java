package io.github.ppgtest.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.ppgtest.Provider;
import io.github.ppgtest.emulator.UserLog;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks the dependencies between modules that CONTRIBUTING.md draws. */
class ArchitectureTest {
  private static final String MANAGEMENT = "io.github.ppgtest.management..";
  private static final String EMULATOR = "io.github.ppgtest.emulator..";
  private static final String JUNIT = "io.github.ppgtest.junit..";
  private static final String FIXTURE_ROOT = "io.github.ppgtest.internal.";
  private static final String[] FIXTURE = {
    "io.github.ppgtest", "io.github.ppgtest.internal..", "io.github.ppgtest.spi.."
  };

  /**
   * The packages of the fixture from the top down. One may know those below it, so none is in a
   * cycle. A provider's classes are in its own package, which nothing but the registry has to know.
   */
  private static final List<String> FIXTURE_FROM_THE_TOP =
      List.of(
          "prefetch",
          "lifecycle",
          "report",
          "kept",
          "provider",
          "provider.cloud",
          "provider.embedded",
          "provider.managementapi",
          "provider.temporary",
          "provider.prismadev",
          "provisioning",
          "throttle",
          "cleanup.sweep",
          "cleanup.watchdog",
          "cleanup.reaper",
          "cleanup",
          "provider.prismadev.container",
          "provider.prismadev.process",
          "provider.prismadev.node",
          "cleanup.ledger",
          "readiness",
          "schema",
          "schema.prisma",
          "schema.flyway",
          "schema.liquibase",
          "schema.initializer",
          "schema.sql",
          "schema.source",
          "connection",
          "errors",
          "settings",
          "ci",
          "json",
          "name");

  /** The most files of a package that are seen at a glance. */
  private static final int MOST_FILES = 20;

  /** The packages that have more, with the reason. */
  private static final Map<String, String> LARGE = Map.of();

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("io.github.ppgtest");

  @Test
  void seesAllModules() {
    for (String module :
        new String[] {MANAGEMENT, EMULATOR, JUNIT, FIXTURE[0], FIXTURE[1], FIXTURE[2]}) {
      assertThat(CLASSES.that(JavaClass.Predicates.resideInAPackage(module))).isNotEmpty();
    }
  }

  @Test
  void theManagementApiAndTheEmulatorDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(MANAGEMENT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(EMULATOR)
        .because("each proves the wire format against the other")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(EMULATOR)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(MANAGEMENT)
        .because("each proves the wire format against the other")
        .check(CLASSES);
  }

  @Test
  void neitherOfThemKnowsTheFixtureAndTheFixtureKnowsNoJUnit() {
    noClasses()
        .that()
        .resideInAnyPackage(MANAGEMENT, EMULATOR)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FIXTURE)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(MANAGEMENT, EMULATOR)
        .or()
        .resideInAnyPackage(FIXTURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(JUNIT, "org.junit..")
        .check(CLASSES);
  }

  @Test
  void theExtensionKnowsTheFixtureOnly() {
    noClasses()
        .that()
        .resideInAPackage(JUNIT)
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                    MANAGEMENT, EMULATOR, "io.github.ppgtest.internal..")
                // All modules speak to users in the same way.
                .and(DescribedPredicate.not(JavaClass.Predicates.type(UserLog.class))))
        .check(CLASSES);
  }

  @Test
  void logsAreWrittenThroughTheOneThatEscapesValuesAndIsNotMuteWithoutAProvider() {
    noClasses()
        .that()
        .resideInAnyPackage(EMULATOR, JUNIT)
        .or()
        .resideInAnyPackage(FIXTURE)
        .and()
        .doNotBelongToAnyOf(UserLog.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void aModuleUsesNoInternalsOfAnother() {
    noClasses()
        .that()
        .resideOutsideOfPackage(EMULATOR)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.ppgtest.emulator.internal..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(MANAGEMENT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.ppgtest.management.internal..")
        .check(CLASSES);
  }

  @Test
  void packagesSayWhatMayBeNull() {
    classes()
        .should()
        .resideInAPackage("io.github.ppgtest..")
        .andShould(
            be(
                DescribedPredicate.describe(
                    "in a package that is @NullMarked",
                    type -> type.getPackage().isAnnotatedWith(NullMarked.class))))
        .check(CLASSES);
  }

  @Test
  void typesAreFinalUnlessUsersNeedOtherwise() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .and(
            DescribedPredicate.describe(
                "are no root of exceptions", type -> type.getSubclasses().isEmpty()))
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }

  @Test
  void theFixturesPackagesKnowOnlyThoseBelowThem() {
    Set<String> found =
        CLASSES.that(JavaClass.Predicates.resideInAPackage(FIXTURE[1])).stream()
            .map(ArchitectureTest::packageOf)
            .collect(Collectors.toSet());
    assertThat(FIXTURE_FROM_THE_TOP).containsExactlyInAnyOrderElementsOf(found);
    for (int i = 1; i < FIXTURE_FROM_THE_TOP.size(); i++) {
      noClasses()
          .that()
          .resideInAPackage(FIXTURE_ROOT + FIXTURE_FROM_THE_TOP.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              FIXTURE_FROM_THE_TOP.subList(0, i).stream()
                  .map(FIXTURE_ROOT::concat)
                  .toArray(String[]::new))
          .check(CLASSES);
    }
  }

  @Test
  void theFixturesPackagesAreSmall() {
    Map<String, Long> files =
        CLASSES.that(JavaClass.Predicates.resideInAPackage(FIXTURE[1])).stream()
            .filter(type -> type.getEnclosingClass().isEmpty())
            .collect(Collectors.groupingBy(ArchitectureTest::packageOf, Collectors.counting()));

    assertThat(
            files.entrySet().stream()
                .filter(entry -> entry.getValue() > MOST_FILES)
                .map(Map.Entry::getKey))
        .containsExactlyInAnyOrderElementsOf(LARGE.keySet());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void onlyAProvidersOwnClassesNameIt(Provider provider) {
    String ownPackage =
        provider == Provider.DEV ? "prismadev" : provider.name().toLowerCase(Locale.ROOT);
    noClasses()
        .that()
        .resideOutsideOfPackage(FIXTURE_ROOT + "provider." + ownPackage + "..")
        .and()
        .doNotBelongToAnyOf(Provider.class)
        .should()
        .accessField(Provider.class, provider.name())
        .because("a fifth provider is to be a package, and a line of the registry")
        .check(CLASSES);
  }

  private static String packageOf(JavaClass type) {
    return type.getPackageName().substring(FIXTURE_ROOT.length());
  }
}
