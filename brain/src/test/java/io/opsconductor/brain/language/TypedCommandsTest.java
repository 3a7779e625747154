package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.tool.TypedForm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands as they are typed in a terminal: planned when every word of them is understood, and refused as before when one is not. */
class TypedCommandsTest {
    private final Knowledge knowledge = new Knowledge(Understanding.withEveryTool(), Understanding.directory());
    private final Indexes indexes = new Indexes(Language.english());

    private String say(String text) {
        return new Understanding(knowledge, indexes).say(text).brief();
    }

    private List<String> wrong(String table) {
        List<String> wrong = new ArrayList<>();
        for (String line : table.lines().toList()) {
            String[] cells = line.strip().split("\\s+~\\s+", 2);
            String got = say(cells[0]);
            if (!got.equals(cells[1])) {
                wrong.add(cells[0] + "\n    wanted " + cells[1] + "\n    got    " + got);
            }
        }
        return wrong;
    }

    @Test
    void optionsAreValues() {
        assertThat(wrong("""
                journalctl -u kafka -n 150 on web-01             ~ journal service=kafka lines=150 @ web-server-01
                journalctl -n150 --unit=kafka on web-01          ~ journal service=kafka lines=150 @ web-server-01
                journalctl -xe -u kafka --since -2h on web-01    ~ journal service=kafka period=7200 @ web-server-01
                kill -9 4711 on web-01                           ~ kill_process pid=4711 signal=KILL @ web-server-01
                kill -s hup 4711 on web-01                       ~ kill_process pid=4711 signal=HUP @ web-server-01
                kill -USR1 4711 on web-01                        ~ kill_process pid=4711 signal=USR1 @ web-server-01
                chown -R svcapp:svcapp /opt/app on web-01        ~ set_owner path=/opt/app owner=svcapp:svcapp recursive=true @ web-server-01
                chown svcapp /opt/app -R on web-01               ~ set_owner path=/opt/app owner=svcapp recursive=true @ web-server-01
                sysctl -w net.core.somaxconn=4096 on web-01      ~ set_kernel_setting setting=net.core.somaxconn value=4096 @ web-server-01
                tail -n 20 /var/log/syslog on web-01             ~ tail_log path=/var/log/syslog lines=20 @ web-server-01
                docker logs --tail 300 pay-worker on web-01      ~ container_logs container=pay-worker lines=300 @ web-server-01
                curl -I https://shop.example.com/a?b=c           ~ http_check url=https://shop.example.com/a?b=c method=HEAD
                cp -a /etc/hosts /etc/hosts.bak on web-01        ~ copy_file source=/etc/hosts destination=/etc/hosts.bak @ web-server-01
                usermod -aG docker lena on web-01                ~ group_membership user=lena group=docker action=add @ web-server-01
                ls -lah /srv on web-01                           ~ list_directory path=/srv @ web-server-01
                """)).isEmpty();
    }

    @Test
    void windowsCommandsAreReadInSmallAndCapitalLetters() {
        assertThat(wrong("""
                ipconfig /flushdns win-01                        ~ windows_flush_dns @ win-01
                taskkill /pid 6612 /f on win-01                  ~ windows_stop_process pid=6612 @ win-01
                test-netconnection 10.30.1.8 -port 1433 from win-01 ~ windows_test_port host=10.30.1.8 port=1433 @ win-01
                Get-WinEvent -LogName System -MaxEvents 30 on win-01 ~ windows_event_log log=System count=30 @ win-01
                Restart-Service -Name Spooler -Force on win-01   ~ windows_restart_service service=Spooler @ win-01
                """)).isEmpty();
    }

    @Test
    void placesAreWrittenInManyWays() {
        assertThat(wrong("""
                chmod 640 /etc/app/secrets.env @web-01           ~ set_permissions path=/etc/app/secrets.env mode=640 @ web-server-01
                rm /tmp/core.8812, web-01                        ~ delete_file path=/tmp/core.8812 @ web-server-01
                docker ps -a web-01                              ~ list_containers @ web-server-01
                web-01: df -h                                    ~ check_disk_space @ web-server-01
                on web-01 run docker ps -a                       ~ list_containers @ web-server-01
                please run `journalctl -u kafka -n 50` on web-01 ~ journal service=kafka lines=50 @ web-server-01
                systemctl status --no-pager nginx on all web servers ~ service_status service=nginx @ web-server-01,web-server-02
                rm -f /tmp/core.8812                             ~ ask target
                rm -f /tmp/core.8812 on web-77                   ~ refuse unknown_target
                """)).isEmpty();
    }

    @Test
    void sudoIsLeftOutOnlyWhereTheToolUsesIt() {
        assertThat(wrong("""
                sudo rm /tmp/core.8812 on web-01                 ~ delete_file path=/tmp/core.8812 @ web-server-01
                sudo df -h on web-01                             ~ refuse unsafe_input
                sudo rm -rf / on web-01                          ~ refuse unsafe_input
                sudo reboot web-01                               ~ refuse unsafe_input
                """)).isEmpty();
    }

    @Test
    void sudoMayBeSpokenOf() {
        for (String text : List.of(
                "who is in the sudo group on web-01",
                "what may \"deploy\" run with sudo on web-01",
                "list the sudo rights of \"deploy\" on web-01")) {
            assertThat(say(text)).as(text).isNotEqualTo("refuse unsafe_input");
        }
    }

    @Test
    void whatIsNotUnderstoodIsStillRefused() {
        for (String text : List.of(
                "rm -rf /tmp/x on web-01",
                "rm -f / on web-01",
                "rm -f /tmp/* on web-01",
                "rm -f ~/x on web-01",
                "rm -f /tmp/a /tmp/b on web-01",
                "rm -f /tmp/a on web-01; rm -f /tmp/b",
                "rm -f /tmp/a\nrm -f /tmp/b",
                "tail -f /var/log/syslog on web-01",
                "tail -n 20 /var/log/syslog | mail root on web-01",
                "tail -n 20 /var/log/syslog > /etc/passwd on web-01",
                "tail -n $(id) /var/log/syslog on web-01",
                "journalctl -u kafka -u nginx -n 20 on web-01",
                "journalctl -u kafka -o json on web-01",
                "journalctl -u kafka -n 20 on win-01",
                "don't rm -f /tmp/a on web-01",
                "apt-get install --reinstall nginx on web-01",
                "curl -o /tmp/x https://shop.example.com",
                "apt update && apt upgrade -y on web-01")) {
            assertThat(say(text)).as(text).isEqualTo("refuse unsafe_input");
        }
        assertThat(say("chmod 777 /opt/app on web-01")).startsWith("refuse");
        assertThat(say("rm /tmp/core.8812 on web-01?")).startsWith("refuse");
    }

    @Test
    void wordsOfARequestAreNoValues() {
        assertThat(say("traceroute please")).isEqualTo("ask host");
        assertThat(say("last logins on web-01")).isEqualTo("login_history @ web-server-01");
    }

    @Test
    void aNumberTooLargeIsAskedForAgain() {
        assertThat(say("tail -n 99999 /var/log/syslog on web-01")).isEqualTo("ask lines");
    }

    @Test
    void anOptionThatStandsThereManyTimesIsNoMoreWork() {
        TypedForm form = TypedForm.of("xx [-a] [b] [c] [d] [e] [f]", false);
        List<TypedToken> tokens = TypedToken.of("xx" + " -a".repeat(28));
        assertThat(TypedMatch.of(knowledge.tools().tools().getFirst(), form, tokens))
                .hasSize(29);
    }
}
