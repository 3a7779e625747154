package io.opsconductor.chat.separation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import org.jline.utils.ExecHelper;
import org.junit.jupiter.api.Test;

class SeparationTest {
    private static final String[] FRONT = {"io.opsconductor.chat.."};

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.opsconductor.chat");

    @Test
    void theChatbotCallsNothingThatExecutes() {
        assertThat(PRODUCTION).hasSizeGreaterThan(20);
        NoExecution.in(FRONT).check(PRODUCTION);
    }

    @Test
    void onlyTheTerminalClientTheCallsToTeamsAndOneThatStandsByMakeHttpCalls() {
        NoExecution.httpOnlyIn(
                        "io.opsconductor.chat.terminal..",
                        "io.opsconductor.chat.teams.http..",
                        "io.opsconductor.chat.standby..")
                .check(PRODUCTION);
    }

    /** Otherwise it would be loaded also where no collector is set. */
    @Test
    void onlyOnePackageKnowsTheLibraryOfTraces() {
        ArchRule alone = noClasses()
                .that()
                .resideOutsideOfPackage("io.opsconductor.kit.trace.otlp..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..");
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.opsconductor.chat", "io.opsconductor.brain", "io.opsconductor.kit");
        alone.check(ours);
        assertThatThrownBy(() -> noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.opentelemetry..")
                        .check(ours))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("OtlpTracing");
    }

    @Test
    void theRuleFindsWhatItForbids() {
        JavaClasses classes = new ClassFileImporter().importClasses(Offender.class);
        assertThatThrownBy(() -> NoExecution.in(FRONT).check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Offender.run");
    }

    @Test
    void theRuleFindsALibrarysWayToExecute() {
        JavaClasses classes = new ClassFileImporter().importClasses(Detour.class);
        assertThatThrownBy(() -> NoExecution.in(FRONT).check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Detour.run");
    }

    /** Does what the chatbot must not, for the rule to find; it is never run. */
    static final class Offender {
        private Offender() {}

        static Process run(String command) throws IOException {
            return Runtime.getRuntime().exec(new String[] {command});
        }
    }

    /** Executes through a class of an allowed library. */
    static final class Detour {
        private Detour() {}

        static String run(String command) throws IOException {
            return ExecHelper.exec(false, command);
        }
    }
}
