package io.opsconductor.kit.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    private static Optional<TraceContext> read(String header) {
        return TraceContext.read(Optional.of(header));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (boolean sampled : new boolean[] {true, false}) {
            TraceContext context = new TraceContext(TRACE, SPAN, sampled);
            assertThat(read(context.header())).contains(context);
        }
        assertThat(new TraceContext(TRACE, SPAN, true).header()).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
    }

    @Test
    void aLaterVersionIsReadAsFarAsItIsKnown() {
        assertThat(read("cc-" + TRACE + "-" + SPAN + "-03-what-comes-later"))
                .contains(new TraceContext(TRACE, SPAN, true));
        assertThat(read("cc-" + TRACE + "-" + SPAN + "-02")).contains(new TraceContext(TRACE, SPAN, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-1",
                " 00-" + TRACE + "-" + SPAN + "-01"
            })
    void whatIsMalformedIsIgnored(String header) {
        assertThat(read(header)).isEmpty();
    }

    @Test
    void whatIsTooLongIsNotLookedAt() {
        assertThat(read("cc-" + TRACE + "-" + SPAN + "-01-" + "x".repeat(600))).isEmpty();
    }
}
