package io.opsconductor.brain.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What real programs printed, read by the kinds that the tools for Linux name. */
class SystemOutputsTest {
    private static ResultReading read(String kind, String... outputs) {
        CatalogueEntry tool =
                new CatalogueEntry("look", "Looks.", Effect.READ, true, List.of(), true, List.of(), List.of(), kind);
        List<String> targets = List.of(Outputs.WEB_1, Outputs.DB).subList(0, outputs.length);
        return new OutputReader()
                .read(
                        List.of(new Step("look", Map.of(), targets)),
                        IntStream.range(0, outputs.length)
                                .mapToObj(at -> Outputs.result(0, "look", targets.get(at), 0, outputs[at], ""))
                                .toList(),
                        new Catalogue("1", List.of(tool)));
    }

    private static List<List<String>> rows(ResultReading read) {
        ReadTable table = read.readings().getFirst().table();
        assertThat(table).isNotNull();
        return table.rows().stream().map(ReadTable.Row::cells).toList();
    }

    private static void unread(String kind, String... outputs) {
        for (String output : outputs) {
            assertThat(read(kind, output).readings()).as(output).isEmpty();
        }
    }

    @Test
    void columnsStandBelowTheirTitles() {
        assertThat(rows(read("columns", """
                NAME   SIZE TYPE FSTYPE MOUNTPOINT
                zram0    0B disk       \s
                sda    256G disk       \s
                ├─sda1   1G part vfat   /boot/efi
                └─sda2 255G part ext4   /
                """)))
                .containsExactly(
                        List.of("zram0", "0B", "disk", "", ""),
                        List.of("sda", "256G", "disk", "", ""),
                        List.of("├─sda1", "1G", "part", "vfat", "/boot/efi"),
                        List.of("└─sda2", "255G", "part", "ext4", "/"));
        assertThat(rows(read("columns", """
                TARGET SOURCE   FSTYPE OPTIONS
                /      /dev/vda ext4   rw,relatime,discard,resv_strict,resuid=65534,resgid=65534
                """)))
                .containsExactly(
                        List.of("/", "/dev/vda", "ext4", "rw,relatime,discard,resv_strict,resuid=65534,resgid=65534"));
        assertThat(rows(read("columns", """
                Filesystem                Inodes  IUsed    IFree IUse% Mounted on
                devtmpfs                 3083608    232  3083376    1% /dev
                /dev/vda                16777216 683853 16093363    5% /srv/my data
                """)))
                .containsExactly(
                        List.of("devtmpfs", "3083608", "232", "3083376", "1%", "/dev"),
                        List.of("/dev/vda", "16777216", "683853", "16093363", "5%", "/srv/my data"));
        assertThat(rows(read("columns", """
                NAMES       IMAGE                    STATUS                     PORTS
                stand       docker.io/library/debian Up 2 hours (healthy)       0.0.0.0:80->80/tcp
                old                                  Exited (0) 3 days ago
                """)))
                .containsExactly(
                        List.of("stand", "docker.io/library/debian", "Up 2 hours (healthy)", "0.0.0.0:80->80/tcp"),
                        List.of("old", "", "Exited (0) 3 days ago", ""));
        unread("columns", "", "NAME SIZE\n", "only one\n", "A A\n1 2\n");
    }

    @Test
    void namesWithTheirValuesAreATable() {
        ResultReading read = read("pairs", """
                Architecture:                            x86_64
                CPU(s):                                  2
                Model name:                              AMD EPYC
                NUMA node(s):                            1
                """);
        assertThat(Outputs.sentence(read))
                .isEqualTo("web-server-01: Architecture x86_64, \"CPU(s)\" 2, \"Model name\" \"AMD EPYC\".");
        assertThat(rows(read)).hasSize(4).contains(List.of("CPU(s)", "2"));
        unread("pairs", "", "just a sentence\n", "a: 1\nand a line\n");
    }

    @Test
    void sizesOfFoldersAreSharesOfTheWhole() {
        ResultReading read = read("du", """
                6.2G	/usr
                4.3G	/usr/lib
                772M	/usr/share
                490M	/usr/bin
                """);
        assertThat(Outputs.sentence(read))
                .isEqualTo("/usr on web-server-01 takes 6.2G, most of it /usr/lib with 4.3G.");
        assertThat(rows(read)).startsWith(List.of("/usr", "6.2G", "100%"), List.of("/usr/lib", "4.3G", "69%"));
        unread("du", "", "du: cannot read\n", "6.2G\trelative\n");
    }

    @Test
    void samplesAreReadWithoutTheFirst() {
        ResultReading read = read("vmstat", """
                procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----
                 r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st
                 9  0      0 19285160 133112 3032696    0    0   181   782  522 1355 76  7 16  0  0
                10  0      0 19285160 133112 3032696    0    0     8     0  628  820 96  3  0  0  0
                 8  1      0 19285160 133112 3032696    0    0     0     0  651  824 97  2  1  2  0
                """);
        assertThat(Outputs.sentence(read))
                .isEqualTo(
                        "web-server-01: CPU idle 0% at least, waiting for disks 2% at most, 10 running and 1 blocked at"
                                + " most.");
        assertThat(rows(read)).hasSize(2);
        unread("vmstat", "", "procs\n1 2 3\n");
    }

    @Test
    void failedServicesComeFirst() {
        ResultReading read = read("units", """
                systemd-journald.service           loaded active     running       Journal Service
                ● shop.service                     loaded failed     failed        The shop
                systemd-remount-fs.service         loaded active     exited        Remount Root and Kernel File Systems
                """, "");
        assertThat(Outputs.sentence(read))
                .isEqualTo("web-server-01: shop has failed, 1 service runs; db-server-01: none.");
        assertThat(rows(read).getFirst()).containsExactly("web-server-01", "shop", "failed (failed)", "The shop");
        assertThat(Outputs.sentence(read("units", " [ - ]  dbus\n [ + ]  shop (demo service)\n")))
                .isEqualTo("web-server-01: 1 service runs, none has failed.");
        unread("units", "Failed to connect to bus: Host is down\n", "shop loaded\n");
    }

    @Test
    void whoIsLoggedInIsNamed() {
        ResultReading read = read("who", """
                anna     pts/0        2026-11-26 08:00   .            77 (192.0.2.7)
                bert     tty1         2026-11-25 22:10 09:12        1234
                """, "");
        assertThat(Outputs.sentence(read))
                .isEqualTo("anna and bert are logged in on web-server-01; nobody is logged in on db-server-01.");
        assertThat(rows(read))
                .containsExactly(
                        List.of("web-server-01", "anna", "192.0.2.7", "2026-11-26 08:00", ""),
                        List.of("web-server-01", "bert", "tty1", "2026-11-25 22:10", "09:12"));
        unread("who", "not a session\n");
    }

    @Test
    void interfacesSayTheirAddressesAndWhichAreDown() {
        ResultReading read = read("interfaces", """
                lo               UNKNOWN        127.0.0.1/8 ::1/128\s
                eth1             DOWN          \s
                enp0s3           UP             192.0.2.2/24 fd00::2/64 fe80::fc:ff:fe00:1/64\s
                """);
        assertThat(Outputs.sentence(read)).isEqualTo("web-server-01: enp0s3 192.0.2.2/24; eth1 is down.");
        assertThat(rows(read).get(2))
                .containsExactly("enp0s3", "up", "192.0.2.2/24, fd00::2/64, fe80::fc:ff:fe00:1/64");
        unread("interfaces", "", "eth0: no such device\n");
    }

    @Test
    void jsonIsATableOfItsOneList() {
        assertThat(rows(read("json", """
                { "blockdevices": [ { "name": "zram0", "size": "0B" }, { "name": "vda", "size": "256G", "children": [1, 2] } ] }
                """)))
                .containsExactly(List.of("zram0", "0B", ""), List.of("vda", "256G", "2 entries"));
        assertThat(rows(read("json", "[{\"a\":1,\"b\":null},{\"b\":{\"c\":2}}]")))
                .containsExactly(List.of("1", ""), List.of("", "1 value"));
        assertThat(rows(read("json", "{\"status\":\"ok\",\"up\":true}")))
                .containsExactly(List.of("status", "ok"), List.of("up", "true"));
        unread("json", "", "{", "[1,2]", "3", "{}");
    }

    @Test
    void whatAMachineWritesIsOnlyEverText() {
        String wild = "NAME VALUE\nx restart\u0000nginx\u202e {target} \"on all\"\n";
        assertThat(read("columns", wild).next()).isEmpty();
        for (String kind : List.of("columns", "pairs", "du", "vmstat", "units", "who", "interfaces", "json")) {
            for (String odd : List.of(
                    "\u0000", "9".repeat(300_000), "[".repeat(5_000), "a: ".repeat(3_000), "\n".repeat(5_000))) {
                assertThat(read(kind, odd).readings().size()).as(kind).isLessThanOrEqualTo(1);
            }
        }
    }
}
