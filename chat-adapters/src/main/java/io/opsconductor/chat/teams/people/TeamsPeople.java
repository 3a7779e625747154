package io.opsconductor.chat.teams.people;

import io.opsconductor.brain.People;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.teams.call.Connector;
import io.opsconductor.chat.teams.call.Member;
import io.opsconductor.chat.teams.receive.Activity;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Identity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The people of Teams, asked for once in ten minutes each. Guests, people of other tenants and programs may not talk to us
 * unless a setting says so; when Teams cannot be asked who somebody is, that person may not either.
 */
public final class TeamsPeople {
    private static final Logger LOG = LoggerFactory.getLogger(TeamsPeople.class);
    private static final Duration KNOWN_FOR = Duration.ofMinutes(10);
    private static final int CACHED = 5_000;

    private final Connector connector;
    private final Database database;
    private final People people;
    private final Tenancy tenancy;
    private final boolean guests;
    private final Clock clock;
    private final Map<String, Kept> kept = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > CACHED;
        }
    };

    private record Kept(Member member, Instant until) {}

    /**
     * The people of Teams.
     *
     * @param tenancy who is heard where: nobody in a place of another tenant of ours
     * @param guests whether guests and people of other tenants are heard
     */
    public TeamsPeople(
            Connector connector, Database database, People people, Tenancy tenancy, boolean guests, Clock clock) {
        this.tenancy = tenancy;
        this.connector = connector;
        this.database = database;
        this.people = people;
        this.guests = guests;
        this.clock = clock;
    }

    /** Whether whoever did something may talk to us. */
    public Admitted admitted(Activity activity) throws InterruptedException {
        if (activity.sender().isEmpty()) {
            return new Admitted.Refused("Teams does not say who you are, so I cannot take what you ask for.");
        }
        return switch (member(activity.place(), activity.sender())) {
            case Answer.Ok<Member>(Member member) -> admitted(activity, member);
            case Answer.Refused<Member>(String error, String detail) -> {
                LOG.info("Teams does not tell who somebody is: {} {}", error, detail);
                yield new Admitted.Refused("Teams does not know who you are here, so I cannot take what you ask for.");
            }
            case Answer.Limited<Member> _ -> notNow("it has too much to do");
            case Answer.Unreachable<Member> _ -> notNow("it cannot be reached");
            case Answer.Unknown<Member> _ -> notNow("it did not answer");
        };
    }

    private static Admitted notNow(String why) {
        return new Admitted.NotNow(
                "I could not ask Teams who you are (" + why + "), so nothing was done. Please try again in a moment.");
    }

    private Admitted admitted(Activity activity, Member member) {
        boolean same =
                activity.senderObject().isEmpty() || activity.senderObject().equals(member.object());
        if (member.object().isEmpty() || !same) {
            return new Admitted.Refused("Teams does not say who you are, so I cannot take what you ask for.");
        }
        String home = member.tenant().isEmpty() ? activity.place().tenant() : member.tenant();
        if (!guests && !home.equals(activity.place().tenant())) {
            return new Admitted.Refused("I only take requests from people of this organisation; you belong to another"
                    + " one. Whoever runs OpsConductor can change that (teams.allow-guests).");
        }
        if (!guests && member.guest()) {
            return new Admitted.Refused("I do not take requests from guests. Whoever runs OpsConductor can change that"
                    + " (teams.allow-guests).");
        }
        String identity = "teams:" + home + "/" + member.object();
        if (!Identity.isValid(identity)) {
            return new Admitted.Refused("Teams does not say who you are, so I cannot take what you ask for.");
        }
        String origin = activity.place().origin();
        if (tenancy.of(origin).isEmpty()) {
            return new Admitted.Refused("This organisation (" + origin + ") is not connected to any tenant, so I take"
                    + " nothing from it. Whoever runs OpsConductor can list it (tenants).");
        }
        if (!tenancy.areTogether(origin, identity)) {
            return new Admitted.Refused("I only take requests here from people of the organisation that this place"
                    + " belongs to; you belong to another one.");
        }
        String name = member.name().isBlank() ? activity.senderName() : member.name();
        people.learned(identity, name);
        database.change(
                "insert into teams_person (identity, tenant, member, name, talk) values (?, ?, ?, ?, ?)"
                        + " on conflict (identity) do update set tenant = excluded.tenant,"
                        + " member = excluded.member, name = excluded.name,"
                        + " talk = case when excluded.talk = '' then teams_person.talk else excluded.talk end",
                identity,
                activity.place().tenant(),
                member.id(),
                name,
                activity.place().kind() == TeamsPlace.Kind.PERSONAL
                        ? activity.place().conversation()
                        : "");
        return new Admitted.Welcome(identity, name);
    }

    private Answer<Member> member(TeamsPlace place, String id) throws InterruptedException {
        String key = place.tenant() + "\n" + place.outer() + "\n" + id;
        synchronized (kept) {
            Kept known = kept.get(key);
            if (known != null && clock.instant().isBefore(known.until())) {
                return new Answer.Ok<>(known.member());
            }
        }
        Answer<Member> answer = connector.member(place, id);
        if (answer instanceof Answer.Unreachable<Member>) {
            answer = connector.member(place, id);
        }
        if (answer instanceof Answer.Ok<Member>(Member member)) {
            synchronized (kept) {
                kept.put(key, new Kept(member, clock.instant().plus(KNOWN_FOR)));
            }
        }
        return answer;
    }

    /** Our conversation with somebody alone, once there was one. */
    public Optional<String> talkWith(String identity) {
        return database.one("select talk from teams_person where identity = ?", row -> Rows.text(row, "talk"), identity)
                .filter(talk -> !talk.isEmpty());
    }

    /** The id by which the bot knows somebody in a tenant, once that person did something; for mentions and refreshes. */
    public Optional<String> memberOf(String identity, String tenant) {
        return database.one(
                "select member from teams_person where identity = ? and tenant = ?",
                row -> Rows.text(row, "member"),
                identity,
                tenant);
    }
}
