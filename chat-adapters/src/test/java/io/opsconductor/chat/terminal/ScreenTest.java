package io.opsconductor.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A plan in a terminal that somebody opens afterwards: how it stands, who decided, and when. */
class ScreenTest {
    private static String shown(String decision, @Nullable String user, @Nullable String reason, @Nullable Instant at) {
        StringWriter out = new StringWriter();
        new Screen(new PrintWriter(out), Style.PLAIN, false)
                .show(new ChatEvent.Decision(1, "a1", decision, user, reason, decision, null, "", at), "");
        return out.toString().strip();
    }

    @Test
    void whatWasDecidedBeforeSaysByWhomAndWhen() {
        Instant before = Instant.now().minus(Duration.ofDays(2));
        String when = " · "
                + DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH)
                        .format(before.atZone(ZoneId.systemDefault()));
        assertThat(shown("approve", "bob", null, before)).isEqualTo("Approved by bob." + when);
        assertThat(shown("deny", "bob", "not now", before)).isEqualTo("Denied by bob: not now. Nothing ran." + when);
        assertThat(shown("expired", null, null, before)).isEqualTo("The plan expired. Nothing ran." + when);
        assertThat(shown("cancelled", "alice", null, before))
                .isEqualTo("The plan was cancelled by alice. Nothing ran." + when);
        assertThat(shown("superseded", "alice", "edited", before))
                .isEqualTo("The plan was replaced by a newer one by alice: edited." + when);
    }

    @Test
    void whatIsDecidedWhileSomebodyLooksOnNeedNoTime() {
        assertThat(shown("approve", "bob", null, Instant.now())).isEqualTo("Approved by bob.");
        assertThat(shown("approve", "bob", null, null)).isEqualTo("Approved by bob.");
    }
}
