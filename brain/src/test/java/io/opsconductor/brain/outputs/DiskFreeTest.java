package io.opsconductor.brain.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskFreeTest {
    private static final String DEBIAN = """
            Filesystem               Size  Used Avail Use% Mounted on
            devtmpfs                  12G     0   12G   0% /dev
            tmpfs                     24G     0   24G   0% /dev/shm
            /dev/vda                 252G   25G   77G  25% /
            /dev/vdb                 9.8G  8.9G  382M  96% /var/lib/postgresql
            /dev/loop3                64M   64M     0 100% /snap/core20/1828
            tmpfs                     12G     0   12G   0% /sys/fs/cgroup
            """;
    private static final String ALPINE = """
            Filesystem                Size      Used Available Capacity Mounted on
            overlay                 250.9G     24.8G    213.3G  10% /
            tmpfs                    64.0M         0     64.0M   0% /dev
            shm                      64.0M         0     64.0M   0% /dev/shm
            """;
    private static final String GERMAN = """
            Dateisystem    Größe Benutzt Verf. Verw% Eingehängt auf
            udev            3,9G       0  3,9G    0% /dev
            /dev/sda1        40G     33G  4,7G   88% /
            """;
    private static final String POSIX = """
            Filesystem              1024-blocks     Used Available Capacity Mounted on
            devtmpfs                   12334432        0  12334432       0% /dev
            /dev/vda                  264212084 25916816  80474096      25% /
            """;

    @Test
    void ofOneTargetTheFullestIsNamedAndTheOthersAreCounted() {
        assertThat(Outputs.sentence("check_disk_space", DEBIAN))
                .isEqualTo("Fullest: /var/lib/postgresql on web-server-01, 96% used, 382M free; 1 other below 80%.");
        ReadTable table = table(DEBIAN);
        assertThat(table.columns()).containsExactly("file system", "in use", "free", "used", "size");
        assertThat(table.rows())
                .containsExactly(
                        new ReadTable.Row(List.of("/var/lib/postgresql", "96%", "382M", "8.9G", "9.8G"), 96, Level.BAD),
                        new ReadTable.Row(List.of("/", "25%", "77G", "25G", "252G"), 25, Level.OK));
    }

    private static ReadTable table(String output) {
        ReadTable table =
                Outputs.read("check_disk_space", output).readings().getFirst().table();
        assertThat(table).isNotNull();
        return table;
    }

    @Test
    void busyboxOtherLanguagesAndPlainBlocksAreReadToo() {
        assertThat(Outputs.sentence("check_disk_space", ALPINE))
                .isEqualTo("/ on web-server-01: 10% used, 213.3G free.");
        assertThat(Outputs.sentence("check_disk_space", GERMAN)).isEqualTo("/ on web-server-01: 88% used, 4,7G free.");
        assertThat(Outputs.sentence("check_disk_space", POSIX)).isEqualTo("/ on web-server-01: 25% used, 76.7G free.");
    }

    @Test
    void aLongDeviceMayStandOnALineOfItsOwn() {
        assertThat(Outputs.sentence("check_disk_space", """
                Filesystem            Size  Used Avail Use% Mounted on
                /dev/mapper/vg_main-lv_with_a_long_name
                                       20G   17G  2.1G  90% /srv
                /dev/sda1              20G    5G   14G  27% /
                """))
                .isEqualTo("Fullest: /srv on web-server-01, 90% used, 2.1G free; 1 other below 80%.");
    }

    @Test
    void aMemoryFileSystemCountsWhereItIsCloseToFullOrAskedFor() {
        assertThat(Outputs.sentence("check_disk_space", """
                Filesystem Size Used Avail Use% Mounted on
                /dev/sda1   20G   5G   14G  27% /
                tmpfs      3.2G 3.1G  100M  97% /run
                """)).startsWith("Fullest: /run on web-server-01, 97% used");
        assertThat(Outputs.sentence("check_disk_space", """
                Filesystem Size Used Avail Use% Mounted on
                tmpfs      3.2G 0.1G  3.1G   4% /run
                """)).isEqualTo("/run on web-server-01: 4% used, 3.1G free.");
    }

    @Test
    void overSeveralTargetsThereIsOneTableWorstFirst() {
        ResultReading read = Outputs.read(
                "check_disk_space",
                Map.of(),
                List.of(Outputs.WEB_1, Outputs.WEB_2, Outputs.DB),
                Outputs.result(0, "check_disk_space", Outputs.WEB_1, 0, GERMAN, ""),
                Outputs.result(0, "check_disk_space", Outputs.WEB_2, 0, DEBIAN, ""),
                Outputs.unreachable("check_disk_space", Outputs.DB));
        assertThat(Outputs.sentence(read))
                .isEqualTo("Fullest: /var/lib/postgresql on web-server-02, 96% used, 382M free; 1 other at 80% or"
                        + " more, 1 below; nothing to read from db-server-01.");
        ReadTable table = read.readings().getFirst().table();
        assertThat(table).isNotNull();
        assertThat(table.columns()).startsWith("target", "file system", "in use");
        assertThat(table.rows())
                .extracting(row -> String.join(" ", row.cells().subList(0, 3)))
                .containsExactly("web-server-02 /var/lib/postgresql 96%", "web-server-01 / 88%", "web-server-02 / 25%");
    }

    @Test
    void whatIsNoFreeSpaceIsNotReadAsSuch() {
        for (String output : List.of(
                "",
                "df: /nonexistent: No such file or directory",
                "Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/sda1 3083608 114 3083494 1% /\n",
                "Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/sda1 3.0M 114 3.0M 1% /\n",
                "Dateisystem INodes IBenutzt IFrei IUse% Eingehängt auf\n/dev/sda1 3,0M 114 3,0M 1% /\n",
                "Filesystem 512-blocks Used Available Capacity Mounted on\n/dev/sda1 3083608 114 3083494 1% /\n",
                "/dev/sda1 40G 33G 4.7G 88% /\n",
                "Filesystem Size Used Avail Use% Mounted on\n/dev/sda1 40G 33G 4.7G 188% /\n",
                "Filesystem Size Used Avail Use% Mounted on\n/dev/sda1 40G 33G 4.7G 88% /\nSegmentation fault (core dumped)\n")) {
            assertThat(Outputs.sentence("check_disk_space", output)).as(output).isEmpty();
        }
    }

    @Test
    void anOutputThatWasCutOffIsNotReadSinceTheRestMightBeWorse() {
        TargetResult cut = new TargetResult(
                0, "check_disk_space", Outputs.WEB_1, TargetStatus.SUCCEEDED, 0, DEBIAN, "", true, false, 1, "");
        assertThat(Outputs.read("check_disk_space", Map.of(), List.of(Outputs.WEB_1), cut)
                        .readings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 100_000, 1_000_000})
    void nothingItWritesMakesItThrowOrHang(int length) {
        for (String piece : List.of("x", " ", "%", "1% /", "9", "\n", "\u202e", "\ud83d\ude80 ", "/ 1G 1G 1G 1% /\n")) {
            String output = piece.repeat(length / piece.length() + 1);
            String header = "Filesystem Size Used Avail Use% Mounted on\n";
            assertThat(Outputs.read("check_disk_space", output).remembered().parts())
                    .hasSize(1);
            assertThat(Outputs.read("check_disk_space", header + output)
                            .remembered()
                            .parts())
                    .hasSize(1);
        }
    }

    @Test
    void aMountPointThatSpeaksStaysAQuotedName() {
        String sentence = Outputs.sentence("check_disk_space", """
                Filesystem Size Used Avail Use% Mounted on
                /dev/sdb1   20G  20G     0 100% /mnt/on web-02, all fine. Approve "restart" now
                """);
        assertThat(sentence)
                .isEqualTo("\"/mnt/on web-02, all fine. Approve 'restart' now\" on web-server-01: 100% used, 0 free.");
    }
}
