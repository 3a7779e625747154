package io.opsconductor.brain;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Identity;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How people read in words: by the name that their chat platform gives them. A learned name never passes for somebody
 * else's: one that two identities share, that reads like ours, or that somebody of the local chat has, is shown with what
 * tells it apart. Identities, not names, say who may do what.
 */
public final class People {
    private static final int CACHED = 5_000;
    private static final String WEB = "web:";

    private final Database database;
    private final Tenancy tenancy;
    private final Clock clock;
    private final Map<String, String> shown = cache();
    private final Map<String, String> learned = cache();
    /** Names of the local chat that were asked for since the start. */
    private final Map<String, String> local = cache();
    /** Counts what was learned, so that a name that was read before is not kept after; {@code shown} guards it. */
    private long changes;

    /** @param tenancy whose names can be taken for one another: those of one tenant */
    public People(Database database, Tenancy tenancy, Clock clock) {
        this.database = database;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * A chat adapter tells how its platform calls somebody; it may do so with every event, for it costs nothing while the
     * name stays the same. Names of the local chat, identities that are none and names of which nothing can be seen are
     * passed over.
     *
     * @param identity platform-qualified
     * @param name as the platform has it, of any length and content
     */
    public void learned(String identity, String name) {
        Optional<String> usable = DisplayName.of(name);
        if (identity.startsWith(WEB)
                || !Identity.isValid(identity)
                || usable.isEmpty()
                || usable.get().equals(learned.get(identity))) {
            return;
        }
        database.change(
                "insert into person (identity, name, name_key, learned_at) values (?, ?, ?, ?)"
                        + " on conflict (identity) do update set name = excluded.name, name_key = excluded.name_key,"
                        + " learned_at = excluded.learned_at where person.name <> excluded.name",
                identity,
                usable.get(),
                DisplayName.key(usable.get()),
                clock.instant().toString());
        learned.put(identity, usable.get());
        forgetShown();
    }

    /** Another's name may have become ambiguous, or clear again. */
    private void forgetShown() {
        synchronized (shown) {
            changes++;
            shown.clear();
        }
    }

    /** How somebody reads in words: never empty, and {@code alice} for {@code web:alice}. */
    public String name(String identity) {
        if (identity.startsWith(WEB)) {
            return ofLocalChat(Person.shortName(identity));
        }
        long before;
        synchronized (shown) {
            String known = shown.get(identity);
            if (known != null) {
                return known;
            }
            before = changes;
        }
        String read = read(identity);
        synchronized (shown) {
            if (before == changes) {
                shown.put(identity, read);
            }
        }
        return read;
    }

    /** Whether somebody is called so in words: by the whole name, or by its first word; case, marks and spaces aside. */
    public boolean isCalled(String identity, String said) {
        String name = name(identity);
        String key = DisplayName.key(said);
        return !key.isEmpty()
                && (key.equals(DisplayName.key(name))
                        || key.equals(DisplayName.key(Person.shortName(identity)))
                        || key.equals(DisplayName.key(name.split(" ", 2)[0])));
    }

    private String ofLocalChat(String name) {
        if (local.put(name, name) == null) {
            forgetShown();
        }
        return name;
    }

    private String read(String identity) {
        return database.one("select name from person where identity = ?", row -> Rows.text(row, "name"), identity)
                .map(name -> apart(identity, name, isShared(identity, name)))
                .orElseGet(() -> Person.shortName(identity));
    }

    private boolean isShared(String identity, String name) {
        return database
                .query(
                        "select identity from person where name_key = ? and identity <> ?",
                        row -> Rows.text(row, "identity"),
                        DisplayName.key(name),
                        identity)
                .stream()
                .anyMatch(other -> tenancy.areTogether(identity, other));
    }

    private String apart(String identity, String name, boolean shared) {
        return shared
                        || DisplayName.key(name).equals(ChatEvent.US)
                        || (tenancy.areTogether(identity, WEB) && isOfLocalChat(name))
                ? name + " (" + Person.shortName(identity) + ")"
                : name;
    }

    /** Whether somebody of the local chat who reads the same ever asked, or decided, for something. */
    private boolean isOfLocalChat(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        if (!DisplayName.looksLikeWebName(small)) {
            return false;
        }
        String identity = WEB + small;
        return local.containsKey(small)
                || database.one(
                                "select 1 as one where exists (select 1 from message where sender = ?)"
                                        + " or exists (select 1 from approval where requester = ?)"
                                        + " or exists (select 1 from attestation where approver = ?)",
                                row -> Rows.number(row, "one"),
                                identity,
                                identity,
                                identity)
                        .isPresent();
    }

    /** The latest used, as many as may be kept. */
    private static Map<String, String> cache() {
        return Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > CACHED;
            }
        });
    }
}
