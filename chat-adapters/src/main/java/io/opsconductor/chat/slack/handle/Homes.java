package io.opsconductor.chat.slack.handle;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.model.view.View;
import io.opsconductor.brain.People;
import io.opsconductor.brain.overview.Overview;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.card.HomeView;
import io.opsconductor.chat.slack.card.Words;
import io.opsconductor.chat.slack.deliver.WorkspaceMentions;
import io.opsconductor.chat.slack.people.Admission;
import io.opsconductor.chat.slack.people.Admitted;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The App Home: what concerns somebody, made anew when they open it, and after what they do. */
final class Homes {
    private static final Logger LOG = LoggerFactory.getLogger(Homes.class);
    private static final int REMEMBERED = 2_000;

    private final SlackCalls calls;
    private final Admission admission;
    private final Overview overview;
    private final Hints hints;
    private final People people;
    private final ThreadLinks links;
    /** Who opened theirs since the start, so that nobody's is made that nobody looks at. */
    private final Map<String, Boolean> seen = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    Homes(SlackCalls calls, Admission admission, Overview overview, Hints hints, People people, ThreadLinks links) {
        this.calls = calls;
        this.admission = admission;
        this.overview = overview;
        this.hints = hints;
        this.people = people;
        this.links = links;
    }

    void opened(Workspace workspace, JsonNode event) throws InterruptedException {
        String user = SlackFields.id(event, "user");
        if (user.isEmpty() || !SlackFields.text(event, "tab").equals("home")) {
            return;
        }
        switch (admission.of(workspace, "", user)) {
            case Admitted.Welcome welcome -> {
                synchronized (seen) {
                    seen.put(key(workspace, user), true);
                }
                publish(workspace, user, welcome.identity());
            }
            case Admitted.Silent() -> {}
            case Admitted.Refused(String why) -> publish(workspace, user, closed(why));
            case Admitted.NotNow(String why) -> publish(workspace, user, closed(why));
        }
    }

    /** Brings somebody's up to date, if they ever looked at it. */
    void refreshSeen(Workspace workspace, String user, String identity) {
        boolean looked;
        synchronized (seen) {
            looked = seen.containsKey(key(workspace, user));
        }
        if (looked) {
            publish(workspace, user, identity);
        }
    }

    private void publish(Workspace workspace, String user, String identity) {
        publish(
                workspace,
                user,
                HomeView.of(
                        overview.of(identity),
                        hints.suggestions(workspace),
                        new WorkspaceMentions(workspace.team(), people),
                        conversation -> links.to(workspace, conversation)));
    }

    private void publish(Workspace workspace, String user, View view) {
        Answer<Boolean> answer = calls.publishHome(workspace, user, view);
        if (!(answer instanceof Answer.Ok<Boolean>)) {
            LOG.warn("the home of {} in {} was not brought up to date: {}", user, workspace, answer);
        }
    }

    private static View closed(String why) {
        return View.builder().type("home").blocks(Words.note(why).blocks()).build();
    }

    private static String key(Workspace workspace, String user) {
        return workspace.team() + "/" + user;
    }
}
