package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine that steps can run on, with everything that decides how it is reached.
 *
 * @param name its inventory name
 * @param aliases other names people use
 * @param address host name or IP address; empty for a database that is a file
 * @param port where SSH listens, 1 to 65535
 * @param platform such as {@code linux}; empty when unknown
 * @param environment such as {@code production}; empty when none
 * @param groups the groups it belongs to, directly or through other groups, sorted
 * @param labels free labels
 * @param credential the reference used to log in by SSH; null for a target that is reached in other ways
 * @param hostKeys the pinned keys for this address and port, in the file's order; empty when none is known
 * @param winrm where its WinRM service is; null when it has none
 * @param http where its web interface is; null when it has none
 * @param database where its database is; null when it has none
 * @param ssh the hosts on the way to it, and sudo
 */
public record Target(
        String name,
        List<String> aliases,
        String address,
        int port,
        String platform,
        String environment,
        List<String> groups,
        Map<String, String> labels,
        @Nullable Credential credential,
        List<HostKey> hostKeys,
        @Nullable WinRmAddress winrm,
        @Nullable WebAddress http,
        @Nullable DatabaseAddress database,
        SshSettings ssh) {
    /** The platform of devices that have a command line of their own and no shell. */
    public static final String NETWORK = "network";

    /** {@link #NETWORK} for whatever system a device has, or its system as Ansible calls it: Cisco's IOS and NX-OS, Arista's, Juniper's. */
    private static final List<String> DEVICES = List.of(NETWORK, "ios", "nxos", "eos", "junos");

    public Target {
        aliases = List.copyOf(aliases);
        groups = List.copyOf(groups);
        labels = Map.copyOf(labels);
        hostKeys = List.copyOf(hostKeys);
    }

    /** A target that is reached by SSH alone, by the runner itself. */
    public Target(
            String name,
            List<String> aliases,
            String address,
            int port,
            String platform,
            String environment,
            List<String> groups,
            Map<String, String> labels,
            @Nullable Credential credential,
            List<HostKey> hostKeys) {
        this(
                name,
                aliases,
                address,
                port,
                platform,
                environment,
                groups,
                labels,
                credential,
                hostKeys,
                null,
                null,
                null,
                SshSettings.DIRECT);
    }

    /** A target that the runner reaches itself. */
    public Target(
            String name,
            List<String> aliases,
            String address,
            int port,
            String platform,
            String environment,
            List<String> groups,
            Map<String, String> labels,
            @Nullable Credential credential,
            List<HostKey> hostKeys,
            @Nullable WinRmAddress winrm,
            @Nullable WebAddress http,
            @Nullable DatabaseAddress database) {
        this(
                name,
                aliases,
                address,
                port,
                platform,
                environment,
                groups,
                labels,
                credential,
                hostKeys,
                winrm,
                http,
                database,
                SshSettings.DIRECT);
    }

    /** The same target, reached in another way. */
    public Target with(SshSettings settings) {
        return new Target(
                name,
                aliases,
                address,
                port,
                platform,
                environment,
                groups,
                labels,
                credential,
                hostKeys,
                winrm,
                http,
                database,
                settings);
    }

    /** Whether it is a switch, a router or the like: a command line of its own, and no shell. */
    public boolean isNetworkDevice() {
        return DEVICES.contains(platform.toLowerCase(Locale.ROOT));
    }
}
