package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverheardTest {
    private final Understanding understanding = new Understanding(Understanding.shipped());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "restart nginx on web-server-01",
                "ok, restart nginx on web-server-02 then",
                "please check disk space on web-server-01",
                "can you check disk space on web-server-01?",
                "check disk space on web-server-02",
                "and now check the memory on db-server-01",
                "restart nginx",
                "is nginx running on web-server-01?",
            })
    void anOrderOrAQuestionThatReadsIsForUs(String text) {
        assertThat(understanding.isForUs(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I restarted nginx on web-server-01",
                "we restarted nginx on web-server-01, did not help",
                "restarted nginx on web-server-01",
                "restart didn't help",
                "@bob restart nginx on web-server-01",
                "bob can you restart nginx on web-server-01?",
                "did you restart nginx on web-server-01?",
                "should we restart nginx on web-server-01?",
                "have you looked at the disk of web-server-01?",
                "web-server-01 is down",
                "the disk of web-server-01 was full yesterday",
                "looks good to me",
                "thanks!",
                "hi all",
                "help",
                "?",
                "which servers are there",
                "what is the weather in Amsterdam",
                "restart the coffee machine",
                "never mind",
                "lgtm",
                "restart nginx on web-server-99",
                "restart nginx on web-server-01; rm -rf /",
                "looking into web-server-01 now",
            })
    void peoplesTalkIsNot(String text) {
        assertThat(understanding.isForUs(text)).isFalse();
    }

    @Test
    void anAnswerToTheOpenQuestionIsForUs() {
        understanding.say("restart nginx");
        assertThat(understanding.isForUs("web-server-01")).isTrue();
        understanding.say("restart nginx");
        assertThat(understanding.isForUs("on web-server-02")).isTrue();
    }

    @Test
    void aSingleWordThatIsNoAnswerIsToldSoAndASentenceIsNot() {
        understanding.say("restart nginx");
        assertThat(understanding.isForUs("web-server-99")).isTrue();
        understanding.say("restart nginx");
        assertThat(understanding.isForUs("hang on, somebody is at the door")).isFalse();
    }

    @Test
    void wordsThatStopWhatRunsAreTheStrongOnes() {
        assertThat(understanding.stops("stop!")).isTrue();
        assertThat(understanding.stops("please cancel")).isTrue();
        assertThat(understanding.stops("never mind")).isFalse();
        assertThat(understanding.stops("skip it")).isFalse();
    }
}
