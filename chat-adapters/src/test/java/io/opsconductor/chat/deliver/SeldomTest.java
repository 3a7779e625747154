package io.opsconductor.chat.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SeldomTest {
    private Instant now = Instant.EPOCH;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @Test
    void theSameIsSaidOnceInAnHour() {
        Seldom seldom = new Seldom(clock);
        assertThat(seldom.mayBeSaid("a")).isTrue();
        assertThat(seldom.mayBeSaid("a")).isFalse();
        assertThat(seldom.mayBeSaid("b")).isTrue();
        now = now.plus(Duration.ofMinutes(59));
        assertThat(seldom.mayBeSaid("a")).isFalse();
        now = now.plus(Duration.ofMinutes(1));
        assertThat(seldom.mayBeSaid("a")).isTrue();
    }
}
