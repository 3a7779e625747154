package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.tool.TargetDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request refers back to, where it was only said before: "take that port down", "lock his account". */
class ReferredTest {
    private static final Knowledge FLEET = new Knowledge(Understanding.withEveryTool(), directory());
    private static final Indexes INDEXES = new Indexes(Language.english());

    private static TargetDirectory directory() {
        List<TargetDirectory.Entry> targets =
                new ArrayList<>(Understanding.directory().targets());
        targets.add(new TargetDirectory.Entry("core-sw1", List.of(), "production", "ios", List.of(), Map.of()));
        return new TargetDirectory("fleet-1", targets, Understanding.directory().groups());
    }

    private static String say(String text) {
        return new Understanding(FLEET, INDEXES).say(text).brief();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            there is a loop behind Gi1/0/7 of core-sw1, take that port down    | device_shutdown_interface interface=Gi1/0/7 @ core-sw1
            203.0.113.7 is hammering web-01, drop that ip                      | block_address address=203.0.113.7 @ web-server-01
            jkowalski has left us, lock that login on web-01                   | account_lock user=jkowalski action=lock @ web-server-01
            jkowalski has left us, please lock his account on web-01           | account_lock user=jkowalski action=lock @ web-server-01
            mwagner locked himself out again. Unlock him on win-01 please      | ad_unlock_account user=mwagner @ win-01
            the otel-agent container on web-01 hangs again, restart it         | restart_container container=otel-agent @ web-server-01
            container otel-agent on web-01 hangs, give it a kick please        | restart_container container=otel-agent @ web-server-01
            need tmux on web-01, please install it                             | install_package package=tmux @ web-server-01
            mkdir /srv/import on web-01 and chown it to scanner                | make_directory path=/srv/import @ web-server-01 ; set_owner path=/srv/import owner=scanner @ web-server-01
            stop tomcat9 on web-01 and start tomcat9 again                     | stop_service service=tomcat9 @ web-server-01 ; start_service service=tomcat9 @ web-server-01
            """, delimiter = '|')
    void whatWasSaidIsMeant(String text, String plan) {
        assertThat(say(text)).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jkowalski has left us, mmeier replaces him. lock his account on web-01",
                "jkowalski has left us, mmeier replaces him. lock that login on web-01",
                "Gi1/0/7 is up and Gi1/0/8 is down on core-sw1, shut that port",
                "203.0.113.7 is hammering web-01, 198.51.100.4 is ours. drop that ip",
                "the importer container on web-01 died, the api container hangs. restart it"
            })
    void ofSeveralItIsAskedWhich(String text) {
        assertThat(say(text)).as(text).matches("(ask|refuse) .*");
    }
}
