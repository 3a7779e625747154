package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What people type on Linux and Windows machines every day, asked for in plain words with every tool that there is loaded: the command, what
 * somebody says, and what is planned. The words are none of the tools' examples.
 */
class EverydayCommandsTest {
    private static final String LINUX = """
            ps        ~ which processes take the most cpu on web-01             ~ top_processes sort=cpu @ web-server-01
            top       ~ top 5 processes by memory on db-01                      ~ top_processes sort=mem count=5 @ db-server-01
            ss        ~ which ports are listening on web-01                     ~ listening_ports @ web-server-01
            systemctl ~ is postgresql active on db-01                           ~ service_status service=postgresql @ db-server-01
            systemctl ~ which services have failed on db-01                     ~ list_services state=failed @ db-server-01
            journalctl ~ show the journal of the service nginx on web-01        ~ journal service=nginx @ web-server-01
            df        ~ how full are the disks of web-01                        ~ check_disk_space @ web-server-01
            du        ~ size of each folder in /var on db-01                    ~ directory_sizes path=/var @ db-server-01
            free      ~ how much memory does db-01 have left                    ~ memory @ db-server-01
            vmstat    ~ vmstat of web-01                                        ~ system_activity @ web-server-01
            lscpu     ~ which cpu model does web-01 have                        ~ cpu_info @ web-server-01
            who       ~ who is logged in on db-01                               ~ logged_in_users @ db-server-01
            last      ~ login history of db-01                                  ~ login_history @ db-server-01
            grep      ~ search for "timeout" in /var/log/syslog on web-01       ~ search_text text=timeout path=/var/log/syslog @ web-server-01
            head      ~ read the file /etc/fstab on web-01                      ~ read_file path=/etc/fstab @ web-server-01
            tail      ~ the last 30 lines of /var/log/syslog on web-01          ~ tail_log path=/var/log/syslog lines=30 @ web-server-01
            find      ~ find large files below /srv on db-01                    ~ find_large_files path=/srv @ db-server-01
            mount     ~ what is mounted on db-01                                ~ list_mounts @ db-server-01
            """;

    private static final String WINDOWS = """
            systeminfo ~ which version of windows runs on win-01                ~ windows_system_info @ win-01
            tasklist  ~ top processes on win-01                                 ~ windows_top_processes @ win-01
            services  ~ list the services of win-01                             ~ windows_services @ win-01
            ipconfig  ~ ip configuration of win-01                              ~ windows_ip_config @ win-01
            netstat   ~ established connections of win-01                       ~ windows_connections state=Established @ win-01
            event log ~ show the event log of win-01                            ~ windows_event_log @ win-01
            reg query ~ read the registry key HKLM:\\SOFTWARE\\Acme on win-01   ~ windows_registry_read key=HKLM:\\SOFTWARE\\Acme @ win-01
            perfmon   ~ performance counters of win-01                          ~ windows_performance @ win-01
            hotfixes  ~ hotfixes on win-01                                      ~ windows_hotfixes @ win-01
            hash      ~ hash of the file C:\\Temp\\a.zip on win-01              ~ windows_file_hash path=C:\\Temp\\a.zip
            type      ~ read the file C:\\Temp\\a.txt on win-01                 ~ windows_read_file path=C:\\Temp\\a.txt @ win-01
            echo      ~ write "on" into the file C:\\Temp\\flag.txt on win-01   ~ windows_write_file
            """;

    private final Knowledge knowledge = new Knowledge(Understanding.withEveryTool(), Understanding.directory());
    private final Indexes indexes = new Indexes(Language.english());

    private List<String> wrong(String table) {
        List<String> wrong = new ArrayList<>();
        for (String line : table.lines().toList()) {
            String[] cells = line.strip().split("\\s+~\\s+", 3);
            String got = new Understanding(knowledge, indexes).say(cells[1]).brief();
            if (!got.startsWith(cells[2])) {
                wrong.add(cells[0] + ": " + cells[1] + "\n    wanted " + cells[2] + "\n    got    " + got);
            }
        }
        return wrong;
    }

    @Test
    void whatIsTypedOnLinuxIsAskedForInPlainWords() {
        assertThat(wrong(LINUX)).isEmpty();
    }

    @Test
    void whatIsTypedOnWindowsIsAskedForInPlainWords() {
        assertThat(wrong(WINDOWS)).isEmpty();
    }
}
