package io.opsconductor.brain.separation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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

    @Test
    void whatThinksCallsNothingThatExecutes() {
        JavaClasses classes = production();
        assertThat(classes).hasSizeGreaterThan(100);
        NoExecution.in(THINKING).check(classes);
    }

    @Test
    void theBrainTalksToTheRunnerAlone() {
        JavaClasses classes = production();
        NoExecution.httpOnlyIn("io.opsconductor.brain.runner..").check(classes);
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

    private static JavaClasses production() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.opsconductor");
    }
}
