package dunlin.hil;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house (docs/architecture.md): six modules, and arrows that point at what each may use. */
class HouseRulesTest {
  private static JavaClasses house;

  @BeforeAll
  static void readTheHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dunlin");
  }

  @Test
  void shouldUseOnlyWhatTheArrowsAllow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("kernels")
        .definedBy("dunlin.kernels..")
        .layer("hal")
        .definedBy("dunlin.hal..")
        .layer("firmware")
        .definedBy("dunlin.firmware..")
        .layer("boards")
        .definedBy("dunlin.boards..")
        .layer("host-tools")
        .definedBy("dunlin.host..")
        .optionalLayer("hil-tests")
        .definedBy("dunlin.hil..")
        .whereLayer("kernels")
        .mayNotAccessAnyLayer()
        .whereLayer("hal")
        .mayNotAccessAnyLayer()
        .whereLayer("firmware")
        .mayOnlyAccessLayers("kernels", "hal")
        .whereLayer("boards")
        .mayOnlyAccessLayers("firmware", "kernels", "hal")
        .whereLayer("host-tools")
        .mayOnlyAccessLayers("boards", "firmware", "kernels", "hal")
        .ensureAllClassesAreContainedInArchitecture()
        .check(house);
  }

  @Test
  void shouldKeepTheEmulationOutOfWhatABoardOffers() {
    noClasses()
        .that()
        .resideInAPackage("dunlin.hal")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dunlin.hal.emulated..")
        .check(house);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackagesOfHostTools() {
    slices().matching("dunlin.host.(*)..").should().beFreeOfCycles().check(house);
  }

  @Test
  void shouldNameClassesAndPackagesForWhatTheyDo() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utility|Utilities|Common|Manager|Helper)s?(?![a-z]).*")
        .orShould()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..manager..", "..helper..")
        .check(house);
  }

  @Test
  void shouldWriteToTheStandardStreamsInTheCommandLineOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dunlin.host.cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(house);
  }
}
