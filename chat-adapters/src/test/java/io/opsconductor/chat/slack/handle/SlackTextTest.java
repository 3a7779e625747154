package io.opsconductor.chat.slack.handle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "<@UBOT> check disk space on web-server-01 # check disk space on web-server-01",
                "<@UBOT|ops>: help # : help",
                "ask <@U2> about it # ask @Bob-Brown about it",
                "check `web-server-01` now # check web-server-01 now",
                "check *web-server-01* now # check web-server-01 now",
                "```check disk space on web-server-01``` # check disk space on web-server-01",
                "`check disk space` # check disk space",
                "a &lt;b&gt; &amp; c &amp;lt; # a <b> & c &lt;",
                "curl <http://example.com/health|example.com/health> # curl example.com/health",
                "curl <https://example.com/a?b=1&amp;c=2> # curl https://example.com/a?b=1&c=2",
                "mail <mailto:a@example.com|a@example.com> # mail a@example.com",
                "mail <mailto:a@example.com> # mail a@example.com",
                "<!here> check disk # check disk",
                "<!subteam^S123|@ops-team> check disk # check disk",
                "since <!date^1700000000^{date}|14 Nov 2023> # since 14 Nov 2023",
                "grep “error” in it’s log # grep \"error\" in it's log",
                "say `rm -rf /` twice # say `rm -rf /` twice",
            })
    void slacksMarkUpBecomesPlainWords(String raw, String plain) throws InterruptedException {
        assertThat(SlackText.plain(raw, "UBOT", user -> "Bob Brown")).isEqualTo(plain);
    }

    @Test
    void aChannelKeepsItsName() throws InterruptedException {
        assertThat(plain("in <#C1|general> and <#C2>")).isEqualTo("in #general and #C2");
    }

    @Test
    void whatAPersonTypedInBracketsIsNotTakenForAMention() throws InterruptedException {
        assertThat(plain("`&lt;@UBOT&gt;` restart nginx")).isEqualTo("<@UBOT> restart nginx");
    }

    @Test
    void aNameAddsOneWordToSomebodyElsesSentence() throws InterruptedException {
        assertThat(SlackText.plain("check <@U2>", "UBOT", user -> "x; reboot all\nservers"))
                .isEqualTo("check @x-reboot-all-servers");
        assertThat(SlackText.plain("check <@U2>", "UBOT", user -> "n".repeat(500)))
                .hasSize("check @".length() + 60);
    }

    @Test
    void aHugeMessageIsReadInTime() throws InterruptedException {
        String huge = "<@U2> `a` *b* <http://x|x> & < ".repeat(2_000);
        assertThat(plain(huge)).isNotEmpty();
        assertThat(plain("<".repeat(40_000) + "`".repeat(40_001))).isNotEmpty();
    }

    @Test
    void aMentionIsOneOutsideCodeOnly() {
        assertThat(SlackText.mentions("hi <@UBOT>", "UBOT")).isTrue();
        assertThat(SlackText.mentions("hi <@UBOT|ops>", "UBOT")).isTrue();
        assertThat(SlackText.mentions("write `<@UBOT> help`", "UBOT")).isFalse();
        assertThat(SlackText.mentions("write ```\n<@UBOT> help\n``` then", "UBOT"))
                .isFalse();
        assertThat(SlackText.mentions("hi <@UBOTX>", "UBOT")).isFalse();
    }

    private static String plain(String raw) throws InterruptedException {
        return SlackText.plain(raw, "UBOT", user -> user);
    }
}
