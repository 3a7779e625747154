package io.opsconductor.chat.slack;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsconductor.chat.arrival.ArrivalWork;
import io.opsconductor.chat.arrival.Arrivals;
import io.opsconductor.chat.arrival.Platform;
import io.opsconductor.chat.slack.receive.BoltApp;
import io.opsconductor.chat.slack.receive.SignatureCheck;
import io.opsconductor.chat.slack.receive.SlackMeasures;
import io.opsconductor.chat.slack.receive.SlackRoutes;
import io.opsconductor.chat.slack.receive.SocketMode;
import io.opsconductor.chat.slack.workspace.InstallRoutes;
import io.opsconductor.chat.slack.workspace.InstallationEvents;
import io.opsconductor.chat.slack.workspace.SlackWorkspaces;
import io.opsconductor.kit.http.HttpProblem;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.store.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Slack adapter that is up: its transport, and what it does with what comes. */
public final class Slack implements HttpService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Slack.class);

    private final SlackWorkspaces workspaces;
    private final Arrivals arrivals;
    private final BoltApp app;
    private final @Nullable SocketMode sockets;
    private final List<Consumer<HttpRules>> routes;

    private Slack(
            SlackWorkspaces workspaces,
            Arrivals arrivals,
            BoltApp app,
            @Nullable SocketMode sockets,
            List<Consumer<HttpRules>> routes) {
        this.workspaces = workspaces;
        this.arrivals = arrivals;
        this.app = app;
        this.sockets = sockets;
        this.routes = List.copyOf(routes);
    }

    /**
     * Wires the adapter. In http mode it takes deliveries as soon as its routes are served; it works on them, and connects
     * in socket mode, after {@link #resume()}.
     *
     * @param settings with a mode that is not off
     * @param client of Slack's API; whoever made it closes it, after this
     * @param work what is done with arrivals, other than those that end an installation
     */
    public static Slack start(
            SlackSettings settings,
            com.slack.api.Slack client,
            SlackWorkspaces workspaces,
            ArrivalWork work,
            Database database,
            Journal journal,
            MeterRegistry registry,
            InstantSource clock) {
        SlackMeasures measures = new SlackMeasures(registry);
        Arrivals arrivals = new Arrivals(
                Platform.SLACK,
                database,
                new InstallationEvents(workspaces, work),
                measures,
                () -> journal.broken() == null,
                clock);
        BoltApp app = new BoltApp(client, arrivals, workspaces, measures, clock);
        List<Consumer<HttpRules>> routes = new ArrayList<>();
        Optional<SocketMode> sockets = Optional.empty();
        switch (settings.mode()) {
            case HTTP -> {
                SignatureCheck signatures =
                        new SignatureCheck(settings.signingSecret().read().orElseThrow(), clock);
                routes.add(new SlackRoutes(signatures, app, measures)::route);
                if (settings.installable()) {
                    routes.add(new InstallRoutes(settings, client, workspaces, database, clock)::route);
                }
            }
            case SOCKET ->
                sockets =
                        Optional.of(new SocketMode(client, settings.appToken(), app, settings.connections(), measures));
            case OFF -> throw new IllegalArgumentException("slack.mode is off");
        }
        return new Slack(workspaces, arrivals, app, sockets.orElse(null), routes);
    }

    /** Whether Slack, or a browser on its behalf, calls addresses of this process. */
    public boolean isCalled() {
        return !routes.isEmpty();
    }

    /** The routes below {@code /slack}. */
    @Override
    public void routing(HttpRules rules) {
        routes.forEach(route -> route.accept(rules));
        rules.any((request, response) -> {
            throw HttpProblem.of(404, "unknown_call", "there is nothing for Slack on this path", "");
        });
    }

    /** Works off what the last process left, and connects. */
    public void resume() {
        arrivals.resume();
        if (sockets != null) {
            sockets.start();
        }
    }

    /**
     * How it stands, in words.
     *
     * @throws IllegalStateException when Slack cannot be served
     */
    public String described() {
        String served = workspaces.described();
        if (sockets == null) {
            return served;
        }
        if (sockets.up() == 0) {
            throw new IllegalStateException("no web socket to Slack is up: " + sockets.problem());
        }
        return served + ", " + sockets.up() + (sockets.up() == 1 ? " web socket" : " web sockets");
    }

    /** Takes nothing more, lets what is worked on end, and leaves the rest for the next start. */
    @Override
    public void close() {
        if (sockets != null) {
            sockets.close();
        }
        app.close();
        arrivals.close();
        LOG.info("Slack: stopped");
    }
}
