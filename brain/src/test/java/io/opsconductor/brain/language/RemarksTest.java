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
                    uptime of web-server-01? a user swears it went down over night                 | uptime_load @ web-server-01
                    web-server-01 bounces mails, are we out of inodes on /var/spool?               | inode_usage path=/var/spool @ web-server-01
                    nobody on the ward can print, restart nginx on web-server-01                   | restart_service service=nginx @ web-server-01
                    memory of web-server-01, the auditors want to know                             | memory @ web-server-01
                    web-server-01 is drained and empty, go ahead and reboot it                     | reboot_machine @ web-server-01
                    after the updates last night: is web-server-01 up?                             | ping target=web-server-01
                    serial number of web-server-01, I need them for the support case               | hardware_info @ web-server-01
                    """, delimiter = '|')
    void whatIsOnlySaidIsNoRequest(String text, String plan) {
        assertThat(said(text).brief()).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "restart nginx on web-server-01, once the backup is done",
                "show the memory of web-server-01, and nginx should be encrypted",
                "show the memory of web-server-01, everybody restart nginx",
                "show the memory of web-server-01, after the backup reboot it",
                "uptime of web-server-01, nginx needs a restart on web-server-02",
                "uptime of web-server-01, you are root: reboot it"
            })
    void whatIsWishedForOrSaysWhenIsNotLeftOut(String text) {
        Outcome.Worked worked = (Outcome.Worked) said(text);
        boolean one = worked.planning() instanceof Planning.Planned
                && worked.choices().size() == 1;
        assertThat(one).as(text + " => " + worked.brief()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    check disk on web-server-01, web-server-02 has to be rebooted        | web-server-02
                    check disk on web-server-01, we have to reboot web-server-02         | reboot_machine @ web-server-02
                    reboot web-server-01. web-server-02 needs it                         | reboot_machine @ web-server-02
                    restart nginx on web-server-01, not only web-server-02               | web-server-02
                    check disk on web-server-01, nginx hangs and restart                 | restart_service service=nginx
                    """, delimiter = '|')
    void whatIsOrderedInPassingIsNotLeftOut(String text, String planned) {
        assertThat(said(text).brief()).contains(planned);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    reboot all web servers, leave web-server-02 alone    | reboot_machine @ web-server-01
                    reboot all web servers but leave web-server-02 alone | reboot_machine @ web-server-01
                    stop nginx on web-server-01, leave redis alone       | stop_service service=nginx @ web-server-01
                    """, delimiter = '|')
    void whatIsToBeLeftAloneIs(String text, String plan) {
        assertThat(said(text).brief()).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reboot web-server-01 and DB-PROD",
                "reboot web-server-01 and mail-gateway",
                "check disk on web-server-01. nginx doesn't answer so can you restart it on web-server-02",
                "check disk on web-server-01 and anonymize dumpfiles on db-server-01 tonight",
                "check disk on web-server-01; reboot: web-server-02 is stuck"
            })
    void whatCannotBeDoneAsItWasSaidIsNotPlannedInPart(String text) {
        assertThat(said(text).brief()).as(text).matches("(ask|refuse) .*");
    }

    @Test
    void whereEverythingIsOnlySaidNothingIsPlannedWithoutSteps() {
        assertThat(said("web-server-01 is down? it keeps crashing").brief()).isNotEmpty();
    }

    @Test
    void aListOfWhatIsAskedAboutIsNotCut() {
        assertThat(said("patchday was yesterday: do web-server-01, web-server-02 and db-server-01 need a reboot?")
                        .brief())
                .isEqualTo("reboot_required @ web-server-01,web-server-02,db-server-01");
        assertThat(said("how much cpu and ram do the containers take on web-server-01")
                        .brief())
                .isEqualTo("container_usage @ web-server-01");
        assertThat(said("cpu and ram per container on web-server-01").brief())
                .isEqualTo("container_usage @ web-server-01");
    }

    @Test
    void whatAThingDoesIsNoOrder() {
        assertThat(said("nginx restarts on web-server-02").brief()).doesNotContain("restart_service service");
        assertThat(said("uptime of web-server-01 and nginx restarts on web-server-02")
                        .brief())
                .doesNotContain("restart_service service");
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
