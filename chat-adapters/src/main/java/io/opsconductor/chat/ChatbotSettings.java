package io.opsconductor.chat;

import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.model.ModelSettings;
import io.opsconductor.chat.slack.SlackSettings;
import io.opsconductor.chat.standby.StandbyAddress;
import io.opsconductor.chat.teams.TeamsSettings;
import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.config.Settings;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.kit.trace.TracingSettings;
import io.opsconductor.plan.Tenant;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be set. Each value is a key of the YAML file ({@code runner.url}) or a variable ({@code
 * OPSCONDUCTOR_CHATBOT_RUNNER_URL}), which wins.
 *
 * @param home {@code OPSCONDUCTOR_HOME}: where the journal is, and whatever else has no place of its own
 * @param store {@code store.…}: default the file HOME/chatbot/store.db; see {@link StorePlace}
 * @param standby {@code store.standby}: with a database of PostgreSQL, wait while another chatbot has it and take over when that one is
 *     gone, instead of being refused; default false. To be set in each of them
 * @param standbyAddress {@code standby.address}: with {@code store.standby}, HOST:PORT where those that stand by reach this chatbot, to pass on
 *     what Slack and Teams sent to them; absent by default, and then they pass nothing on and are not ready
 * @param lease {@code instance.lease}: with {@code store.standby}, for how long the one that has the store may say nothing before another
 *     one takes over, 1s to 5m, default 20s
 * @param host {@code host}: address to listen on, default 127.0.0.1; on any other, the page and the chat API still answer
 *     this machine alone, see {@code local-chat}
 * @param port {@code port}: default 3005; 0 takes any free one
 * @param allowedHosts {@code allowed-hosts}: names besides localhost and loopback addresses by which browsers may reach
 *     it, default none
 * @param users {@code users}: the names offered on the page, default alice, bob, carol; who may do what is the runner's
 *     policy's business
 * @param tenancy who belongs to which tenant: everybody to the one that "tenant" names (default {@code default}), or, with {@code
 *     tenants.NAME}, each to the one that lists where they come from, such as {@code slack:T024BE7LD, web}
 * @param timeZone {@code time-zone}: in which days begin and times are told in answers, such as {@code Europe/Berlin},
 *     default {@code UTC}
 * @param runnerUrl {@code runner.url}: default https://127.0.0.1:3003
 * @param catalogueInterval {@code runner.catalogue-interval}: how often tools and targets are read again, 1s to 10m,
 *     default 10s
 * @param heartbeat {@code heartbeat}: silence after which an event stream gets a comment, 100ms to 60s, default 10s
 * @param maxStreams {@code max-streams}: event streams at once, 1 to 10000, default 300; more are answered 503
 * @param tlsCertificate {@code tls.certificate}: default HOME/tls/chatbot.crt
 * @param tlsKey {@code tls.key}: default HOME/tls/chatbot.key
 * @param tlsAuthority {@code tls.authority}: default HOME/tls/ca.crt
 * @param signingKey {@code signing.key}: signs approvals, default HOME/keys/chatbot.key
 * @param signingPublicKey {@code signing.public-key}: default HOME/keys/chatbot.pub
 * @param auditKey {@code audit.key}: signs how far the journal goes, default HOME/keys/audit/chatbot.key
 * @param auditPublicKey {@code audit.public-key}: default HOME/keys/audit/chatbot.pub
 * @param auditInterval {@code audit.interval}: for how long a line of the journal may be unsigned, 1s to 1h, default 1m
 * @param approvalReminder {@code approval-reminder}: how long before a plan expires people are reminded of it, up to 24h,
 *     default 3m; 0s for no reminders
 * @param localChat {@code local-chat}: {@code loopback} (default), {@code open} or {@code off}; {@code open} lets whoever
 *     reaches the page and the chat API speak in anybody's name
 * @param breakGlassNotice {@code break-glass.notice}: where it is told that somebody ran a plan without the approval of
 *     others: a conversation of the page, default {@code break-glass}, or a channel, {@code slack:TEAM/CHANNEL}
 * @param slack {@code slack.…}, absent when {@code slack.mode} is off
 * @param teams {@code teams.…}, absent when {@code teams.mode} is off
 * @param model {@code model.…}: the language model, by default none
 * @param tracing {@code tracing.…}: where traces go, by default nowhere; see {@link TracingSettings}
 */
public record ChatbotSettings(
        Path home,
        StorePlace store,
        boolean standby,
        Optional<StandbyAddress> standbyAddress,
        Duration lease,
        String host,
        int port,
        List<String> allowedHosts,
        List<String> users,
        Tenancy tenancy,
        ZoneId timeZone,
        URI runnerUrl,
        Duration catalogueInterval,
        Duration heartbeat,
        int maxStreams,
        Path tlsCertificate,
        Path tlsKey,
        Path tlsAuthority,
        Path signingKey,
        Path signingPublicKey,
        Path auditKey,
        Path auditPublicKey,
        Duration auditInterval,
        Duration approvalReminder,
        LocalChatMode localChat,
        NoticePlace breakGlassNotice,
        Optional<SlackSettings> slack,
        Optional<TeamsSettings> teams,
        ModelSettings model,
        Optional<TracingSettings> tracing) {
    /** For whom the page and the chat API are. */
    public enum LocalChatMode {
        /** For people at this machine. */
        LOOPBACK,
        /** For whoever reaches it; each of them can speak in anybody's name. */
        OPEN,
        /** For nobody. */
        OFF
    }

    public ChatbotSettings {
        allowedHosts = List.copyOf(allowedHosts);
        users = List.copyOf(users);
    }

    /**
     * Where the settings come from, before any is read.
     *
     * @throws InvalidSettingsException when the file that is named cannot be read
     */
    public static Settings source(Map<String, String> environment) {
        Optional<Path> file = Optional.ofNullable(environment.get("OPSCONDUCTOR_CHATBOT_CONFIG"))
                .filter(name -> !name.isBlank())
                .map(Path::of);
        return Settings.open("chatbot", file, environment);
    }

    /**
     * Reads the settings.
     *
     * @param environment usually {@code System.getenv()}; {@code OPSCONDUCTOR_CHATBOT_CONFIG} may name a YAML file
     * @throws InvalidSettingsException naming every mistake
     */
    public static ChatbotSettings read(Map<String, String> environment) {
        Settings settings = source(environment);
        Path home = settings.home();
        SlackSettings slack = SlackSettings.read(settings, home);
        TeamsSettings teams = TeamsSettings.read(settings, home, settings.text("host", "127.0.0.1"));
        StorePlace store = StorePlace.read(settings, StorePlace.file(home, "chatbot"));
        boolean standby = settings.flag("store.standby", false);
        if (standby && store instanceof StorePlace.InFile) {
            settings.mistake(
                    "store.standby is true, and the store is a file, for which nobody can stand by: name a database of"
                            + " PostgreSQL in store.url, or leave store.standby out");
        }
        ChatbotSettings read = new ChatbotSettings(
                home,
                store,
                standby,
                standbyAddress(settings, standby),
                settings.duration(
                        "instance.lease", Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofMinutes(5)),
                settings.text("host", "127.0.0.1"),
                settings.port("port", 3005),
                settings.words("allowed-hosts", List.of()),
                settings.words("users", List.of("alice", "bob", "carol")),
                tenancy(settings),
                timeZone(settings),
                settings.uri("runner.url", URI.create("https://127.0.0.1:3003")),
                settings.duration(
                        "runner.catalogue-interval",
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10)),
                settings.duration("heartbeat", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofSeconds(60)),
                settings.integer("max-streams", 300, 1, 10_000),
                settings.path("tls.certificate", home.resolve("tls/chatbot.crt")),
                settings.path("tls.key", home.resolve("tls/chatbot.key")),
                settings.path("tls.authority", home.resolve("tls/ca.crt")),
                settings.path("signing.key", home.resolve("keys/chatbot.key")),
                settings.path("signing.public-key", home.resolve("keys/chatbot.pub")),
                settings.path("audit.key", home.resolve("keys/audit/chatbot.key")),
                settings.path("audit.public-key", home.resolve("keys/audit/chatbot.pub")),
                settings.duration("audit.interval", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofHours(1)),
                settings.duration("approval-reminder", Duration.ofMinutes(3), Duration.ZERO, Duration.ofHours(24)),
                settings.choice("local-chat", LocalChatMode.LOOPBACK),
                NoticePlace.read(settings, "break-glass.notice", "break-glass"),
                slack.mode() == SlackSettings.Mode.OFF ? Optional.empty() : Optional.of(slack),
                teams.mode() == TeamsSettings.Mode.OFF ? Optional.empty() : Optional.of(teams),
                ModelSettings.read(settings, home),
                TracingSettings.beginning(settings, home));
        if (!read.runnerUrl.getScheme().equals("https")) {
            settings.mistake("runner.url is \"" + read.runnerUrl
                    + "\": it must begin with https, because the runner speaks mutual TLS only");
        }
        settings.check();
        return read;
    }

    private static Optional<StandbyAddress> standbyAddress(Settings settings, boolean standby) {
        String text = settings.text("standby.address", "");
        Optional<StandbyAddress> address = StandbyAddress.of(text);
        if (!text.isEmpty() && address.isEmpty()) {
            settings.mistake("standby.address is \"" + text
                    + "\": expected HOST:PORT, where those that stand by reach this one, such as 10.0.0.7:3005");
        } else if (address.isPresent() && !standby) {
            settings.mistake("standby.address is for a chatbot that others stand by for: set store.standby as well");
        }
        return address;
    }

    private static Tenancy tenancy(Settings settings) {
        String alone = settings.text("tenant", "");
        Set<String> names = settings.names("tenants");
        if (names.isEmpty()) {
            Optional<Tenant> only = Tenant.of(alone.isEmpty() ? Tenant.DEFAULT.name() : alone);
            if (only.isEmpty()) {
                settings.mistake(noTenant("tenant", alone));
            }
            return Tenancy.single(only.orElse(Tenant.DEFAULT));
        }
        if (!alone.isEmpty()) {
            settings.mistake("tenant is for a chatbot of one tenant: with tenants, leave it out");
        }
        Map<String, Tenant> byOrigin = new HashMap<>();
        for (String name : names) {
            String key = "tenants." + name;
            Optional<Tenant> tenant = Tenant.of(name);
            if (tenant.isEmpty()) {
                settings.mistake(noTenant(key, name));
            }
            for (String origin : settings.words(key, List.of())) {
                if (!Tenancy.isOrigin(origin)) {
                    settings.mistake(key + " lists \"" + origin
                            + "\": expected web, slack:TEAM or teams:TENANT, such as slack:T024BE7LD");
                } else if (tenant.isPresent()) {
                    Tenant other = byOrigin.putIfAbsent(origin, tenant.get());
                    if (other != null) {
                        settings.mistake(key + " lists " + origin + ", which belongs to " + other
                                + " already: people of one origin are of one tenant");
                    }
                }
            }
        }
        return Tenancy.of(byOrigin);
    }

    private static String noTenant(String key, String name) {
        return key + " is not a tenant's name (\"" + name
                + "\"): it must be 1 to 63 lower-case letters, digits and hyphens";
    }

    private static ZoneId timeZone(Settings settings) {
        String zone = settings.text("time-zone", "UTC");
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            settings.mistake("time-zone is \"" + zone
                    + "\": expected UTC or a name of the time zone database, such as Europe/Berlin");
            return ZoneOffset.UTC;
        }
    }
}
