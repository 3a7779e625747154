package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.tool.TargetDirectory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which words of a request become the values of a tool's parameters, and which do not. */
class ParameterValuesTest {
    private static final Knowledge FLEET = new Knowledge(Understanding.withEveryTool(), directory());
    private static final Indexes INDEXES = new Indexes(Language.english());

    private static TargetDirectory directory() {
        List<TargetDirectory.Entry> targets =
                new ArrayList<>(Understanding.directory().targets());
        Map.of(
                        "k8s-a", "kubernetes",
                        "jenk", "jenkins",
                        "gl-1", "gitlab",
                        "gh-1", "github",
                        "core-sw1", "ios",
                        "jun-1", "junos",
                        "am-1", "alertmanager",
                        "pg-1", "postgresql",
                        "pd-1", "pagerduty")
                .forEach((name, platform) -> targets.add(
                        new TargetDirectory.Entry(name, List.of(), "production", platform, List.of(), Map.of())));
        Map<String, List<String>> groups =
                new HashMap<>(Understanding.directory().groups());
        groups.put("retail", List.of("web-server-01", "web-server-02"));
        groups.put("shopfront", List.of("web-server-01", "web-server-02"));
        return new TargetDirectory("fleet-1", targets, groups);
    }

    private static String say(String text) {
        return new Understanding(FLEET, INDEXES).say(text).brief();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            failed logons on win-01 over the past 12 hours      | windows_failed_logons hours=12 @ win-01
            failed logons on win-01 in the last 2 days          | windows_failed_logons hours=48 @ win-01
            failed logons on win-01 in the last 3 weeks         | windows_failed_logons hours=504 @ win-01
            is the cert of example.com good for another 30 days | tls_certificate host=example.com days=30
            files bigger than 500 MB in /srv on web-01          | find_large_files path=/srv megabytes=500 @ web-server-01
            find files bigger than 2G in /var on web-01         | find_large_files path=/var megabytes=2048 @ web-server-01
            find files bigger than 1.5 GB in /var on web-01     | find_large_files path=/var megabytes=1536 @ web-server-01
            top 10 files bigger than 500 mb on web-01           | find_large_files megabytes=500 count=10 @ web-server-01
            """, delimiter = '|')
    void aNumberIsForWhatIsCalledByItsUnit(String text, String plan) {
        assertThat(say(text)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            is KB5034441 on win-01?                        | windows_hotfixes kb=KB5034441 @ win-01
            has KB5034441 made it onto win-01              | windows_hotfixes kb=KB5034441 @ win-01
            is Gi1/0/14 up on core-sw1                     | device_interface interface=Gi1/0/14 @ core-sw1
            how does Gi1/0/14 on core-sw1 look             | device_interface interface=Gi1/0/14 @ core-sw1
            which port is 001b.4411.3ab7 on? core-sw1      | device_find_mac mac=001b.4411.3ab7 @ core-sw1
            value of work_mem on pg-1                      | pg_settings name=work_mem @ pg-1
            """, delimiter = '|')
    void howAValueIsWrittenSaysWhatItIsFor(String text, String plan) {
        assertThat(say(text)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            pods in namespace retail on k8s-a              | k8s_pods namespace=retail @ k8s-a
            who is in the shopfront group on web-01        | group_members group=shopfront @ web-server-01
            """, delimiter = '|')
    void whatIsCalledAsAGroupIsNoPlaceWhereAPlaceIsNamed(String text, String plan) {
        assertThat(say(text)).isEqualTo(plan);
    }

    @Test
    void aPatternForFilesNamesNoGroup() {
        assertThat(say("find *.retail in /srv on web-01, changed in the last 2 hours"))
                .doesNotContain("web-server-02");
        assertThat(say("size of /retail on web-01")).doesNotContain("web-server-02");
    }

    @Test
    void whatAToolIsForIsNoNameForIt() {
        assertThat(say("unlock an AD account on win-01")).isEqualTo("ask user");
    }

    @Test
    void unitsAndAcronymsAreNoMachines() {
        assertThat(say("how much traffic goes through web-01 right now in Mbit/s"))
                .isEqualTo("network_throughput @ web-server-01");
        assertThat(say("which NX-OS release does core-sw1 run")).isEqualTo("device_version @ core-sw1");
    }

    @Test
    void aNumberOfAnotherUnitCountsNothing() {
        assertThat(say("failed logons on win-01 in the last 3 months")).doesNotContain("=3");
        assertThat(say("find files bigger than 700 MB in /var on web-01")).doesNotContain("count=");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            kill -9 4711 on web-01              | kill_process pid=4711 signal=KILL @ web-server-01
            kill 4711 with signal 15 on web-01  | kill_process pid=4711 signal=TERM @ web-server-01
            kill -9 4711 4712 on web-01         | refuse unused_value
            kill -77 4711 on web-01             | refuse unused_value
            """, delimiter = '|')
    void aNumberMayStandForOneOfTheValuesThatThereAre(String text, String plan) {
        assertThat(say(text)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            curl -I https://example.com          | http_check url=https://example.com method=HEAD
            curl -i https://example.com          | http_check url=https://example.com
            ipconfig /flushdns win-01            | windows_flush_dns @ win-01
            taskkill /PID 6612 on win-01         | windows_stop_process pid=6612 @ win-01
            taskkill /tree 6612 on win-01        | refuse unused_value
            """, delimiter = '|')
    void anOptionMeansAValueOrWhatTheToolDoesAnyway(String text, String plan) {
        assertThat(say(text)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            sessions idle in transaction on pg-1                   | pg_activity state=idle in transaction @ pg-1
            idle sessions on pg-1                                  | pg_activity state=idle @ pg-1
            failed workflow runs of acme/web-app on gh-1           | github_workflow_runs owner=acme repository=web-app status=failure @ gh-1
            only errors of nginx in the journal of web-01          | journal service=nginx severity=err @ web-server-01
            """, delimiter = '|')
    void aValueIsSaidInSeveralWordsOrInAnotherForm(String text, String plan) {
        assertThat(say(text)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            restart container web on web-01              | restart_container container=web @ web-server-01
            restart the billing container on web-01      | restart_container container=billing @ web-server-01
            last logins of the user root on web-01       | login_history user=root @ web-server-01
            remove the package telnet from web-01        | remove_package package=telnet @ web-server-01
            find java processes on web-01                | find_process process=java @ web-server-01
            events in the shop namespace on k8s-a        | k8s_events namespace=shop @ k8s-a
            scale cart to 5 replicas in checkout on k8s-a| k8s_scale deployment=cart replicas=5 namespace=checkout @ k8s-a
            did build 482 of web-release pass on jenk    | jenkins_build_status job=web-release build=482 @ jenk
            start the job nightly on jenk                | jenkins_build job=nightly @ jenk
            """, delimiter = '|')
    void aNameStandsBesideWhatItIsTheNameOf(String text, String plan) {
        assertThat(say(text)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            restart container status on web-01           | container=
            stop the running container on web-01         | container=
            stop the oldest container on web-01          | container=
            check container memory usage on web-01       | container=
            remove user accounts on web-01               | user=
            delete the inactive user on web-01           | user=
            remove package lists on web-01               | package=
            run the job queue on jenk                    | job=
            pods in all namespaces on k8s-a              | namespace=
            pods in pending on k8s-a                     | namespace=
            how old is the universe                      | user=
            clone web-09 to web-11                       | user=
            """, delimiter = '|')
    void whatIsSaidOfAThingIsNotItsName(String text, String parameter) {
        assertThat(say(text)).doesNotContain(parameter);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            show route 10.64.0.0/16 on jun-1                       | junos_routes prefix=10.64.0.0/16 @ jun-1
            behind which port of core-sw1 is 00:1b:44:11:3a:b7     | device_find_mac mac=00:1b:44:11:3a:b7 @ core-sw1
            behind which port of core-sw1 is 001b.4411.3ab7        | device_find_mac mac=001b.4411.3ab7 @ core-sw1
            shut down GigabitEthernet0/3 on core-sw1               | device_shutdown_interface interface=GigabitEthernet0/3 @ core-sw1
            alerts with severity=critical on am-1                  | alertmanager_alerts matcher=severity=critical @ am-1
            chmod 640 /etc/app.conf on web-01                      | set_permissions path=/etc/app.conf mode=640 @ web-server-01
            chmod 640 /etc/app.conf @web-01                        | set_permissions path=/etc/app.conf mode=640 @ web-server-01
            set vm.swappiness to 10 on web-01                      | set_kernel_setting setting=vm.swappiness value=10 @ web-server-01
            ack incident PT4KHLK on pd-1 as anna.berg@example.com  | pagerduty_acknowledge incident=PT4KHLK from=anna.berg@example.com @ pd-1
            find *.dmp under /data on web-01                       | find_files path=/data name=*.dmp @ web-server-01
            """, delimiter = '|')
    void aValueIsKnownByHowItIsWritten(String text, String plan) {
        assertThat(say(text)).isEqualTo(plan);
    }

    @Test
    void aPermissionForEverybodyIsNotTakenByItsFormAlone() {
        assertThat(say("chmod 777 /srv on web-01")).isEqualTo("refuse unused_value");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            unlock p.lang on win-01                   | ad_unlock_account user=p.lang @ win-01
            mute KafkaDown on am-1 for 4h             | alertmanager_silence alert=KafkaDown duration=14400 @ am-1
            recycle PayApiPool on win-01              | iis_recycle_app_pool pool=PayApiPool @ win-01
            scale cart to 5 replicas on k8s-a         | k8s_scale deployment=cart replicas=5 @ k8s-a
            which version of openssl is installed on web-01 | package_version package=openssl @ web-server-01
            install htop on web-01                    | install_package package=htop @ web-server-01
            install htop iotop on web-01              | ask package
            install htop on web-99                    | refuse unknown_target
            """, delimiter = '|')
    void theOnlyWordThatIsLeftIsTheOnlyValueThatIsMissing(String text, String plan) {
        assertThat(say(text)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            trigger a pipeline for platform/base-images on develop, gl-1 | gitlab_run_pipeline project=platform/base-images ref=develop @ gl-1
            trigger a pipeline for platform/base-images on gl-1          | ask ref
            check cpu/memory on web-01                                   | cpu_usage @ web-server-01 ; memory @ web-server-01
            """, delimiter = '|')
    void aNameWithASlashIsOneWhereTheToolTakesSuch(String text, String plan) {
        assertThat(say(text)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            grep for timeout in /var/log/mail.log on web-01      | search_text text=timeout path=/var/log/mail.log @ web-server-01
            lines with ERROR from C:\\Logs\\a.log on win-01      | windows_read_file path=C:\\Logs\\a.log containing=ERROR @ win-01
            show the lines of C:\\Logs\\a.log on win-01          | windows_read_file path=C:\\Logs\\a.log @ win-01
            """, delimiter = '|')
    void whatLinesAreSearchedForStandsBehindTheSearch(String text, String plan) {
        assertThat(say(text)).isEqualTo(plan.replace("\\\\", "\\"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            show mac address-table on core-sw1        | device_mac_table @ core-sw1
            how many sockets are in time-wait on web-01 | socket_summary @ web-server-01
            show uptime of app-server on web-01       | refuse unknown_target
            show the memory of web-01 and app-server  | refuse unknown_target
            restart nginx on app-server               | refuse unknown_target
            stop the container on web-99              | refuse unknown_target
            """, delimiter = '|')
    void aThingOfTwoKnownWordsIsNoMachineUnlessItStandsForOne(String text, String plan) {
        assertThat(say(text)).isEqualTo(plan);
    }

    @Test
    void aScheduleIsRefusedAndNoName() {
        assertThat(say("start the job backup every night on jenk")).startsWith("refuse");
        assertThat(say("restart nginx nightly on web-01")).isEqualTo("refuse unsupported");
    }

    @Test
    void aPortMayBeTheOnlyNumberThatCountsNothing() {
        assertThat(say("which process listens on 8172 on win-01"))
                .isEqualTo("windows_connections state=Listen port=8172 @ win-01");
    }
}
