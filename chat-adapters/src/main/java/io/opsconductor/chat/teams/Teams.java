package io.opsconductor.chat.teams;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsconductor.brain.Acts;
import io.opsconductor.brain.People;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.approval.Reach;
import io.opsconductor.brain.catalogue.KnowledgeSources;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.chat.arrival.Arrivals;
import io.opsconductor.chat.arrival.Platform;
import io.opsconductor.chat.deliver.DeliveryMeasures;
import io.opsconductor.chat.deliver.Pace;
import io.opsconductor.chat.deliver.PacedCalls;
import io.opsconductor.chat.deliver.PlanStates;
import io.opsconductor.chat.deliver.RecordedPlans;
import io.opsconductor.chat.deliver.Tempo;
import io.opsconductor.chat.picture.Pictures;
import io.opsconductor.chat.teams.call.Connector;
import io.opsconductor.chat.teams.call.Uploads;
import io.opsconductor.chat.teams.card.PictureCards;
import io.opsconductor.chat.teams.deliver.TeamsDelivery;
import io.opsconductor.chat.teams.deliver.TeamsPosts;
import io.opsconductor.chat.teams.deliver.TeamsReach;
import io.opsconductor.chat.teams.deliver.Views;
import io.opsconductor.chat.teams.handle.TeamsHandling;
import io.opsconductor.chat.teams.http.HttpCalls;
import io.opsconductor.chat.teams.people.TeamsPeople;
import io.opsconductor.chat.teams.receive.Answers;
import io.opsconductor.chat.teams.receive.TeamsMeasures;
import io.opsconductor.chat.teams.receive.TeamsRoutes;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import io.opsconductor.chat.teams.thread.TeamsThreads;
import io.opsconductor.chat.teams.token.AppTokens;
import io.opsconductor.chat.teams.token.ChannelKeys;
import io.opsconductor.chat.teams.token.PlaygroundCheck;
import io.opsconductor.chat.teams.token.SenderCheck;
import io.opsconductor.chat.teams.token.ServiceHosts;
import io.opsconductor.chat.teams.token.Tenants;
import io.opsconductor.chat.teams.token.TokenCheck;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.store.Database;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Teams adapter that is up. */
public final class Teams implements HttpService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Teams.class);
    /** Microsoft's address for posts to places from which nothing came yet. */
    private static final String GLOBAL = "https://smba.trafficmanager.net/teams/";

    private final HttpCalls http;
    private final ChannelKeys keys;
    private final Arrivals arrivals;
    private final TeamsRoutes routes;
    private final TeamsDelivery delivery;
    private final TeamsReach reach;
    private final TeamsThreads threads;

    private Teams(
            HttpCalls http,
            ChannelKeys keys,
            Arrivals arrivals,
            TeamsRoutes routes,
            TeamsDelivery delivery,
            TeamsReach reach,
            TeamsThreads threads) {
        this.threads = threads;
        this.reach = reach;
        this.http = http;
        this.keys = keys;
        this.arrivals = arrivals;
        this.routes = routes;
        this.delivery = delivery;
    }

    /** What the brain gives. */
    public record BrainSide(
            Acts acts, Conversations conversations, KnowledgeSources knowledge, People people, Tenancy tenancy) {}

    /**
     * Wires the adapter. It takes activities as soon as its routes are served; it works on them, and tells what happens,
     * after {@link #resume()}.
     *
     * @param settings with a mode that is not off
     */
    public static Teams start(
            TeamsSettings settings,
            BrainSide brain,
            Database database,
            Journal journal,
            MeterRegistry registry,
            Tempo tempo,
            Clock clock) {
        HttpCalls http = new HttpCalls();
        ServiceHosts hosts = new ServiceHosts(settings.serviceHosts(), settings.loopback());
        ChannelKeys keys = new ChannelKeys(settings.metadata(), TokenCheck.ISSUER, http, clock);
        boolean playground = settings.mode() == TeamsSettings.Mode.PLAYGROUND;
        SenderCheck senders = playground
                ? new PlaygroundCheck()
                : new TokenCheck(settings.application(), keys, hosts, new Tenants(settings.allowedTenants()), clock);
        Connector connector = new Connector(
                http,
                hosts,
                playground
                        ? null
                        : new AppTokens(
                                settings.login(),
                                settings.loginTenant(),
                                settings.application(),
                                settings.credential(),
                                http,
                                clock));
        TeamsThreads threads = new TeamsThreads(database);
        TeamsPeople people =
                new TeamsPeople(connector, database, brain.people(), brain.tenancy(), settings.allowGuests(), clock);
        DeliveryMeasures told = new DeliveryMeasures(registry, Platform.TEAMS);
        TeamsPosts posts = new TeamsPosts(database, connector, new PacedCalls(new Pace(tempo), told));
        PlanStates plans = new PlanStates(brain.conversations(), new RecordedPlans(database), UnaryOperator.identity());
        Views views = new Views(plans, brain.people(), people, !playground);
        TeamsDelivery delivery = new TeamsDelivery(
                database,
                brain.conversations(),
                brain.people(),
                threads,
                posts,
                plans,
                views,
                new PictureCards(new Pictures()),
                told,
                tempo,
                clock);
        Answers answers = new Answers();
        TeamsHandling handling = new TeamsHandling(
                new TeamsHandling.TeamsSide(
                        threads,
                        people,
                        posts,
                        views,
                        answers,
                        new Uploads(http, settings.loopback()),
                        delivery::refresh,
                        delivery::resume),
                brain.acts(),
                brain.conversations(),
                brain.knowledge(),
                clock);
        TeamsMeasures measures = new TeamsMeasures(registry);
        Arrivals arrivals =
                new Arrivals(Platform.TEAMS, database, handling, measures, () -> journal.broken() == null, clock);
        TeamsRoutes routes = new TeamsRoutes(senders, arrivals, answers, handling, measures, clock);
        if (playground) {
            LOG.warn("Teams: mode playground believes whoever calls from this machine; it is for development alone");
        }
        TeamsReach reach = new TeamsReach(connector, settings.application(), threads, people, views, brain.tenancy());
        return new Teams(http, keys, arrivals, routes, delivery, reach, threads);
    }

    /** The routes below {@code /api}. */
    @Override
    public void routing(HttpRules rules) {
        routes.routing(rules);
    }

    /** Has the conversation of a channel told there, in the channel itself and in no thread. */
    public void tellIn(String tenant, String channel) {
        threads.open(
                TeamsPlace.channel(tenant, channel, threads.serviceUrl(tenant).orElse(GLOBAL)));
    }

    /** How its people are told what waits for them. */
    public Reach reach() {
        return reach;
    }

    /** Works off what the last process left, and tells what it left untold. */
    public void resume() {
        delivery.start();
        arrivals.resume();
    }

    /**
     * How it stands, in words.
     *
     * @throws IllegalStateException when Teams cannot be served
     */
    public String described() {
        keys.problem().ifPresent(problem -> {
            throw new IllegalStateException("the keys of the Bot Connector cannot be read: " + problem);
        });
        return delivery.check();
    }

    /** Takes nothing more, lets what is worked on end, and leaves the rest for the next start. */
    @Override
    public void close() {
        arrivals.close();
        delivery.close();
        http.close();
        LOG.info("Teams: stopped");
    }
}
