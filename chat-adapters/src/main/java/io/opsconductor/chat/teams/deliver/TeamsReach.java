package io.opsconductor.chat.teams.deliver;

import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.approval.ApprovalRequest;
import io.opsconductor.brain.approval.Reach;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.teams.call.Connector;
import io.opsconductor.chat.teams.people.TeamsPeople;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import io.opsconductor.chat.teams.thread.TeamsThreads;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reaches people who have the app, in their own talks with it. */
public final class TeamsReach implements Reach {
    private static final Logger LOG = LoggerFactory.getLogger(TeamsReach.class);
    private static final Pattern IDENTITY = Pattern.compile("teams:([0-9A-Za-z-]{1,64})/([0-9A-Za-z-]{1,64})");

    private final Connector connector;
    private final String application;
    private final TeamsThreads threads;
    private final TeamsPeople people;
    private final Views views;
    private final Tenancy tenancy;

    /**
     * How people are reached.
     *
     * @param application its id
     * @param tenancy nobody is told anything in a place of another tenant of ours
     */
    public TeamsReach(
            Connector connector,
            String application,
            TeamsThreads threads,
            TeamsPeople people,
            Views views,
            Tenancy tenancy) {
        this.tenancy = tenancy;
        this.connector = connector;
        this.application = application;
        this.threads = threads;
        this.people = people;
        this.views = views;
    }

    @Override
    public boolean knows(String identity) {
        return IDENTITY.matcher(identity).matches();
    }

    /** A card in a channel or group mentions the first who may approve; in a talk between two nobody else sees it. */
    @Override
    public boolean calls(String conversation, ApprovalRequest request, String identity) {
        return knows(identity)
                && threads.of(conversation)
                        .filter(place -> tenancy.areTogether(place.origin(), identity))
                        .filter(place -> views.calls(place, request, identity))
                        .isPresent();
    }

    @Override
    public Optional<String> directTalk(String identity) throws InterruptedException {
        Optional<String> known = people.talkWith(identity)
                .filter(threads::isOpen)
                .flatMap(threads::of)
                .filter(place -> tenancy.areTogether(place.origin(), identity))
                .map(TeamsPlace::conversation);
        return known.isPresent() ? known : made(identity);
    }

    private Optional<String> made(String identity) throws InterruptedException {
        Matcher person = IDENTITY.matcher(identity);
        Optional<String> serviceUrl = person.matches() ? threads.serviceUrl(person.group(1)) : Optional.empty();
        if (serviceUrl.isEmpty()) {
            return Optional.empty();
        }
        String tenant = person.group(1);
        String member = people.memberOf(identity, tenant).orElse(person.group(2));
        Answer<String> answer = connector.talk(tenant, serviceUrl.get(), application, member);
        if (answer instanceof Answer.Ok<String>(String talk)) {
            TeamsPlace place = new TeamsPlace(tenant, talk, TeamsPlace.Kind.PERSONAL, serviceUrl.get());
            threads.open(place);
            return Optional.of(place.conversation());
        }
        LOG.warn("{} cannot be told what waits for them: {}", identity, answer);
        return Optional.empty();
    }
}
