package io.opsconductor.runner.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.opsconductor.runner.RunnerSettings;
import org.junit.jupiter.api.Test;

/** Who may do what within the runner; each rule beside the proof that it can fail. */
class SeparationTest {
    private static final JavaClasses RUNNER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackagesOf(RunnerSettings.class);

    private static final JavaClasses OFFENDER = new ClassFileImporter().importClasses(StartsAProcess.class);

    @Test
    void onlyStepsStartProcesses() {
        startNoProcess().check(RUNNER);
    }

    @Test
    void theRuleAgainstProcessesSeesOne() {
        assertThatThrownBy(() -> startNoProcess().check(OFFENDER))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("StartsAProcess.start()")
                .hasMessageContaining("StartsAProcess.startOtherwise()");
    }

    @Test
    void onlyStepsSpeakSsh() {
        outsideOf("..runner.step..", "net.schmizz..", "com.hierynomus..").check(RUNNER);
    }

    @Test
    void onlyStepsSpeakToWebServicesAndDatabases() {
        outsideOf(
                        "..runner.[step|winrm]..",
                        "io.helidon.webclient..",
                        "org.postgresql..",
                        "org.mariadb..",
                        "org.sqlite..")
                .check(RUNNER);
    }

    @Test
    void theRuleAgainstClientsSeesTheirUse() {
        assertThatThrownBy(() -> outsideOf("", "io.helidon.webclient..").check(RUNNER))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("WebConnection");
        assertThatThrownBy(
                        () -> outsideOf("", "org.mariadb..", "org.postgresql..").check(RUNNER))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("DatabaseConnector");
    }

    @Test
    void nothingInTheRunnerThinksOrChats() {
        outsideOf(
                        "",
                        "dev.langchain4j..",
                        "com.slack..",
                        "com.microsoft.bot..",
                        "io.opsconductor.brain..",
                        "io.opsconductor.chat..")
                .check(RUNNER);
    }

    @Test
    void theRuleAgainstLibrariesSeesTheirUse() {
        assertThatThrownBy(() -> outsideOf("", "net.schmizz..").check(RUNNER))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("SshConnection");
    }

    @Test
    void nothingLoadsClassesByName() {
        loadNoClassByName().check(RUNNER);
    }

    @Test
    void theRuleAgainstLoadingSeesIt() {
        assertThatThrownBy(() -> loadNoClassByName().check(OFFENDER)).isInstanceOf(AssertionError.class);
    }

    private static ArchRule startNoProcess() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.opsconductor.runner.step..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class, String[].class)
                .orShould()
                .callMethod(Runtime.class, "exec", String.class, String[].class)
                .because("one package alone turns an approved command into a running one");
    }

    private static ArchRule loadNoClassByName() {
        return noClasses().should().callMethod(Class.class, "forName", String.class);
    }

    private static ArchRule outsideOf(String allowed, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }
}
