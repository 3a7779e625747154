package io.opsconductor.chat.slack.people;

import io.opsconductor.brain.Tenancy;
import io.opsconductor.chat.slack.call.SlackUser;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.plan.Identity;
import java.util.Optional;

/**
 * Decides who may talk to us. Guests, people of other workspaces, deactivated users and programs may not, unless a setting
 * says so; when Slack cannot be asked who somebody is, that person may not either.
 */
public final class Admission {
    private static final String SLACKBOT = "USLACKBOT";

    private final AdmissionRules rules;
    private final SlackPeople people;
    private final Tenancy tenancy;

    public Admission(AdmissionRules rules, SlackPeople people, Tenancy tenancy) {
        this.rules = rules;
        this.people = people;
        this.tenancy = tenancy;
    }

    /**
     * Whether somebody may talk to us.
     *
     * @param channel where; empty outside channels and direct talks
     * @throws InterruptedException while waiting for Slack to be asked again
     */
    public Admitted of(Workspace workspace, String channel, String user) throws InterruptedException {
        if (user.equals(workspace.botUser()) || user.equals(SLACKBOT)) {
            return new Admitted.Silent();
        }
        return switch (people.find(workspace, user)) {
            case FoundUser.Known(SlackUser known) -> of(workspace, channel, known);
            case FoundUser.Unknown() ->
                new Admitted.Refused("Slack does not know who you are here, so I cannot take what you ask for.");
            case FoundUser.NotNow(String why) ->
                new Admitted.NotNow("I could not ask Slack who you are (" + why
                        + "), so nothing was done. Please try again in a moment.");
        };
    }

    private Admitted of(Workspace workspace, String channel, SlackUser user) {
        if (user.bot()) {
            return new Admitted.Silent();
        }
        Optional<String> refusal = person(workspace, user).or(() -> place(workspace, channel));
        if (refusal.isPresent()) {
            return new Admitted.Refused(refusal.get());
        }
        String identity = "slack:" + user.team() + "/" + user.id();
        if (!Identity.isValid(identity)) {
            return new Admitted.Refused(
                    "Slack does not say which workspace you belong to, so I do not know who you are.");
        }
        return tenant(workspace, identity)
                .<Admitted>map(Admitted.Refused::new)
                .orElseGet(() -> new Admitted.Welcome(identity, user));
    }

    private Optional<String> person(Workspace workspace, SlackUser user) {
        if (user.deactivated()) {
            return Optional.of("Your account is deactivated, so I cannot take what you ask for.");
        }
        boolean external = user.stranger() || !user.team().equals(workspace.team());
        if (external && !rules.external()) {
            return Optional.of("I only take requests from people of this workspace; you belong to another one. Whoever"
                    + " runs OpsConductor can change that (slack.allow-external).");
        }
        if (user.guest() && !rules.guests()) {
            return Optional.of("I do not take requests from guests. Whoever runs OpsConductor can change that"
                    + " (slack.allow-guests).");
        }
        return Optional.empty();
    }

    /** A channel may be shared with another workspace: whoever is of another tenant is not heard in this one's. */
    private Optional<String> tenant(Workspace workspace, String identity) {
        if (tenancy.of(workspace.origin()).isEmpty()) {
            return Optional.of("This workspace (" + workspace.origin() + ") is not connected to any tenant, so I take"
                    + " nothing from it. Whoever runs OpsConductor can list it (tenants).");
        }
        return tenancy.areTogether(workspace.origin(), identity)
                ? Optional.empty()
                : Optional.of(
                        "I only take requests here from people of the organisation that this workspace belongs to;"
                                + " you belong to another one.");
    }

    private Optional<String> place(Workspace workspace, String channel) {
        if (!rules.workspaces().isEmpty() && !rules.workspaces().contains(workspace.team())) {
            return Optional.of("I do not answer in this workspace. Whoever runs OpsConductor can change that"
                    + " (slack.workspaces).");
        }
        boolean direct = channel.isEmpty() || channel.startsWith("D");
        return direct || rules.channels().isEmpty() || rules.channels().contains(channel)
                ? Optional.empty()
                : Optional.of(
                        "I do not answer in this channel. Ask me in a direct message, or in a channel that whoever"
                                + " runs OpsConductor has listed (slack.channels).");
    }
}
