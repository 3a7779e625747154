package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.planning.Planning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one part of a message names, and a later one means without naming it. */
class SequencesTest {
    private static final Knowledge KNOWLEDGE =
            new Knowledge(Understanding.withEveryTool(), Understanding.shipped().targets());

    private static String said(String text) {
        return new Understanding(KNOWLEDGE).say(text).brief();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    start the container payments-api on web-01 and after that give me its logs | start_container container=payments-api @ web-server-01 ; container_logs container=payments-api @ web-server-01
                    reload haproxy on web-01 and then show its last 20 journal lines           | reload_service service=haproxy @ web-server-01 ; journal service=haproxy lines=20 @ web-server-01
                    show process 4711 on web-01 and its open files                             | process_details pid=4711 @ web-server-01 ; open_files pid=4711 @ web-server-01
                    """, delimiter = '|')
    void whatRefersBackIsAboutTheThingThatWasNamed(String text, String plan) {
        assertThat(said(text)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    show the logs of container payments-api on web-01 and restart it | container_logs container=payments-api @ web-server-01 ; restart_container container=payments-api @ web-server-01
                    install sysstat on web-01 and remove it              | install_package package=sysstat @ web-server-01 ; remove_package package=sysstat @ web-server-01
                    restart the container payments-api on web-01, then stop the container test | restart_container container=payments-api @ web-server-01 ; stop_container container=test @ web-server-01
                    add user lena on web-01 and remove the user test     | add_user user=lena @ web-server-01 ; remove_user user=test @ web-server-01
                    stop cups on web-01, disable it at boot              | stop_service service=cups @ web-server-01 ; service_at_boot service=cups action=disable @ web-server-01
                    add user lena on web-01 and add her to group "docker" | add_user user=lena @ web-server-01 ; group_membership user=lena group=docker action=add @ web-server-01
                    """, delimiter = '|')
    void aChangeIsOfTheThingThatItRefersBackTo(String text, String plan) {
        assertThat(said(text)).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy /etc/a.conf to /etc/b.conf on web-01 and then delete it",
                "copy /etc/a.conf to /etc/b.conf on web-01 and delete the file",
                "install sysstat on web-01 and remove the package curl"
            })
    void aChangeIsNotOfWhatMayNotBeMeant(String text) {
        assertThat(new Understanding(KNOWLEDGE).planning(text)).as(text).isNotInstanceOf(Planning.Planned.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    restart the container payments-api on web-01 and show the list of containers | restart_container container=payments-api @ web-server-01 ; list_containers @ web-server-01
                    reload haproxy on web-01 and then show the kernel log                        | reload_service service=haproxy @ web-server-01 ; kernel_log @ web-server-01
                    stop cups on web-01, disable it at boot and show the kernel log              | stop_service service=cups @ web-server-01 ; service_at_boot service=cups action=disable @ web-server-01 ; kernel_log @ web-server-01
                    stop nginx on web-01 and reboot it                                           | stop_service service=nginx @ web-server-01 ; reboot_machine @ web-server-01
                    """, delimiter = '|')
    void whatAsksForSomethingElseIsLeftAlone(String text, String plan) {
        assertThat(said(text)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    nginx on web-01: status plus journal       | service_status service=nginx @ web-server-01 ; journal service=nginx @ web-server-01
                    nginx hangs on web-01, show the journal    | journal service=nginx @ web-server-01
                    journal and status of nginx on web-01      | journal service=nginx @ web-server-01 ; service_status service=nginx @ web-server-01
                    journal and show the status of nginx on web-01, then the memory | journal @ web-server-01 ; service_status service=nginx @ web-server-01 ; memory @ web-server-01
                    nginx on web-01: memory and journal        | memory @ web-server-01 ; journal service=nginx @ web-server-01
                    """, delimiter = '|')
    void whatAllPartsAreAboutIsOfEach(String text, String plan) {
        assertThat(said(text)).isEqualTo(plan);
    }

    @Test
    void itsJournalIsThatOfTheServiceInAThreadButTheJournalThereIsThatOfTheMachine() {
        Understanding thread = new Understanding(KNOWLEDGE);
        thread.say("is nginx running on web-01");
        assertThat(thread.say("show its journal").brief()).isEqualTo("journal service=nginx @ web-server-01");
        assertThat(thread.say("show the journal there").brief()).isEqualTo("journal @ web-server-01");
    }
}
