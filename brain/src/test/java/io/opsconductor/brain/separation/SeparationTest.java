package io.opsconductor.brain.separation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.opsconductor.brain.separation.fixture.Chatting;
import io.opsconductor.brain.separation.fixture.Executing;
import io.opsconductor.brain.separation.fixture.Loading;
import io.opsconductor.brain.separation.fixture.Reaching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeparationTest {
    /** Without io.opsconductor.json, which reads the fields of records by reflection, by no name from outside. */
    private static final String[] THINKING = {
        "io.opsconductor.brain..",
        "io.opsconductor.plan..",
        "io.opsconductor.text..",
        "io.opsconductor.tool..",
        "io.opsconductor.yaml..",
        "io.opsconductor.kit.."
    };

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // Only tests have the counterparts on their class path.
            .withImportOption(location -> !location.contains("/counterpart"))
            .importPackages("io.opsconductor");

    @Test
    void whatThinksCallsNothingThatExecutes() {
        assertThat(PRODUCTION).hasSizeGreaterThan(100);
        NoExecution.in(THINKING).check(PRODUCTION);
    }

    @Test
    void theBrainTalksToTheRunnerAndToAModelAlone() {
        NoExecution.httpOnlyIn("io.opsconductor.brain.runner..", "io.opsconductor.brain.model.langchain..")
                .check(PRODUCTION);
    }

    @Test
    void onePackageKnowsTheLibraryOfModels() {
        NoExecution.languageModelsOnlyIn("io.opsconductor.brain.model.langchain..")
                .check(PRODUCTION);
    }

    @Test
    void theRuleOfModelsFindsWhatItForbids() {
        JavaClasses classes = new ClassFileImporter().importClasses(Chatting.class);
        assertThatThrownBy(() -> NoExecution.languageModelsOnlyIn("io.opsconductor.brain.model.langchain..")
                        .check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("everything else asks a Model")
                .hasMessageContaining(Chatting.class.getName());
    }

    @ParameterizedTest
    @ValueSource(classes = {Executing.class, Loading.class, Reaching.class})
    void theRuleFindsWhatItForbids(Class<?> offender) {
        JavaClasses classes = new ClassFileImporter().importClasses(offender);
        assertThatThrownBy(() -> NoExecution.in(THINKING).check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the part that thinks never executes")
                .hasMessageContaining(offender.getName());
    }
}
