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
import io.github.ppgtest.emulator.UserLog;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Checks the dependencies between modules that CONTRIBUTING.md draws. */
class ArchitectureTest {
  private static final String MANAGEMENT = "io.github.ppgtest.management..";
  private static final String EMULATOR = "io.github.ppgtest.emulator..";
  private static final String JUNIT = "io.github.ppgtest.junit..";
  private static final String[] FIXTURE = {"io.github.ppgtest", "io.github.ppgtest.internal.."};

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("io.github.ppgtest");

  @Test
  void seesAllModules() {
    for (String module : new String[] {MANAGEMENT, EMULATOR, JUNIT, FIXTURE[0], FIXTURE[1]}) {
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
        .resideInAnyPackage(MANAGEMENT, EMULATOR, FIXTURE[0], FIXTURE[1])
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
        .resideInAnyPackage(EMULATOR, FIXTURE[0], FIXTURE[1], JUNIT)
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
}
