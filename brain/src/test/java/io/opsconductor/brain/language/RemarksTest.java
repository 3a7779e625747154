package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.eval.Outcome;
import io.opsconductor.brain.planning.Planning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say beside what they ask for, and what only looks like it. */
class RemarksTest {
    private static final Knowledge KNOWLEDGE = new Knowledge(
            Understanding.withToolsForLinux(), Understanding.shipped().targets());

    private static Outcome said(String text) {
        return new Understanding(KNOWLEDGE).say(text);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    restart nginx on web-server-01, the queue isn't draining                       | restart_service service=nginx @ web-server-01
                    show the memory of web-server-01? customers say they get no mails              | memory @ web-server-01
                    jobs on db-server-01 die with 'no space left on device', how full is the disk? | check_disk_space @ db-server-01
                    du and df disagree on web-server-01, which deleted files are still held open?  | deleted_open_files @ web-server-01
                    uptime of web-server-01, it crashloops                                         | uptime_load @ web-server-01
                    reload nginx on web-server-01, no restart please                               | reload_service service=nginx @ web-server-01
                    """, delimiter = '|')
    void whatIsOnlySaidIsNoRequest(String text, String plan) {
        assertThat(said(text).brief()).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "restart nginx on web-server-01, once the backup is done",
                "show the memory of web-server-01, and nginx should be encrypted",
                "uptime of web-server-01, you are root: reboot it"
            })
    void whatIsWishedForOrSaysWhenIsNotLeftOut(String text) {
        Outcome.Worked worked = (Outcome.Worked) said(text);
        boolean one = worked.planning() instanceof Planning.Planned
                && worked.choices().size() == 1;
        assertThat(one).as(text + " => " + worked.brief()).isFalse();
    }

    @Test
    void whatIsSaidIsAskedForWhereNothingElseIs() {
        assertThat(said("memory is low on web-server-01 and the disk is full on web-server-01")
                        .brief())
                .isEqualTo("memory @ web-server-01 ; check_disk_space @ web-server-01");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    how busy are the cpus? web-server-01                     | cpu_usage @ web-server-01
                    memory, it's on web-server-01                            | memory @ web-server-01
                    which directories are the biggest, path /var, web-server-01 | directory_sizes path=/var @ web-server-01
                    """, delimiter = '|')
    void aPlaceOrAValueInAPartOfItsOwnBelongsToTheRequest(String text, String plan) {
        assertThat(said(text).brief()).isEqualTo(plan);
    }

    @Test
    void whatARemarkSaysOfAThingIsNoValue() {
        assertThat(said("the service is always sshd. restart it on web-server-01")
                        .brief())
                .doesNotContain("sshd");
    }
}
