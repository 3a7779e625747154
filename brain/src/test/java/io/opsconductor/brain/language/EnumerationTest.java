package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnumerationTest {
    @Test
    void eachOfANumberedListStandsOnALineOfItsOwn() {
        assertThat(Enumeration.spread("1. restart nginx on web-01 2. check port 80"))
                .isEqualTo("\n restart nginx on web-01 \n check port 80");
        assertThat(Enumeration.spread("a) disk b) memory")).isEqualTo("\n disk \n memory");
        assertThat(Enumeration.spread("- disk on web-01\n- memory on web-01"))
                .isEqualTo(" disk on web-01\n memory on web-01");
    }

    @Test
    void aNumberAloneStaysOne() {
        assertThat(Enumeration.spread("2.")).isEqualTo("2.");
        assertThat(Enumeration.spread("show me 1. nothing else")).isEqualTo("show me 1. nothing else");
        assertThat(Enumeration.spread("ping 10.0.0.1")).isEqualTo("ping 10.0.0.1");
    }
}
