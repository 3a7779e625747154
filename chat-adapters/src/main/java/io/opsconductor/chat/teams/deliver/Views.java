package io.opsconductor.chat.teams.deliver;

import io.opsconductor.brain.People;
import io.opsconductor.brain.approval.ApprovalRequest;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.chat.deliver.PlanStates;
import io.opsconductor.chat.teams.card.Cast;
import io.opsconductor.chat.teams.card.Mention;
import io.opsconductor.chat.teams.card.PlanCards;
import io.opsconductor.chat.teams.card.PlanPost;
import io.opsconductor.chat.teams.card.Viewer;
import io.opsconductor.chat.teams.people.TeamsPeople;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import io.opsconductor.plan.Preview;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a plan's card looks now, to whom. */
public final class Views {
    private static final int CALLED = 5;

    private final PlanStates plans;
    private final People names;
    private final TeamsPeople people;
    private final boolean forms;

    /** @param forms whether clients open forms */
    public Views(PlanStates plans, People names, TeamsPeople people, boolean forms) {
        this.forms = forms;
        this.plans = plans;
        this.names = names;
        this.people = people;
    }

    /** Empty when the conversation of the place has no such plan. */
    Optional<PlanStates.Standing> standing(TeamsPlace place, String approval) {
        return plans.of(place.conversation(), approval, names::name);
    }

    /** As everybody sees it who has no view of an own. */
    Optional<PlanPost> of(TeamsPlace place, String approval) {
        return standing(place, approval)
                .map(standing ->
                        PlanCards.of(standing.plan(), standing.state(), Viewer.ANYBODY, cast(place, standing.plan())));
    }

    /** As one person sees it. */
    public Optional<PlanPost> of(TeamsPlace place, String approval, String identity) {
        return standing(place, approval)
                .map(standing -> PlanCards.of(
                        standing.plan(),
                        standing.state(),
                        viewer(standing.plan(), identity),
                        cast(place, standing.plan())));
    }

    private static Viewer viewer(ChatEvent.PlanCard plan, String identity) {
        if (plan.requester().equals(identity)) {
            return Viewer.REQUESTER;
        }
        Preview.ApprovalRule rule = plan.approvalRule();
        if (rule.identities().values().stream().anyMatch(own -> own.contains(identity))) {
            return Viewer.APPROVER;
        }
        boolean allAreKnown = rule.identities().keySet().containsAll(rule.approvers());
        return allAreKnown && !rule.approvers().isEmpty() ? Viewer.ONLOOKER : Viewer.ANYBODY;
    }

    private Cast cast(TeamsPlace place, ChatEvent.PlanCard plan) {
        Set<String> viewers = new LinkedHashSet<>();
        people.memberOf(plan.requester(), place.tenant()).ifPresent(viewers::add);
        for (String name : plan.approvalRule().approvers()) {
            for (String identity : plan.approvalRule().identities().getOrDefault(name, List.of())) {
                people.memberOf(identity, place.tenant()).ifPresent(viewers::add);
            }
        }
        return new Cast(
                names.name(plan.requester()),
                List.copyOf(viewers),
                List.copyOf(called(place, plan.requester(), plan.approvalRule()).values()),
                forms);
    }

    /** Whether the card of a plan mentions this person there. */
    boolean calls(TeamsPlace place, ApprovalRequest request, String identity) {
        return called(place, request.requester(), request.preview().approval()).containsKey(identity);
    }

    /** The mention of whoever asked, for a result; empty in a talk between two, and for whoever is not there. */
    Optional<Mention> requester(TeamsPlace place, String identity) {
        return place.kind() == TeamsPlace.Kind.PERSONAL
                ? Optional.empty()
                : people.memberOf(identity, place.tenant()).map(member -> new Mention(member, names.name(identity)));
    }

    /** The first who may approve and are known there. A talk between two needs no calling. */
    private Map<String, Mention> called(TeamsPlace place, String requester, Preview.ApprovalRule rule) {
        Map<String, Mention> called = new LinkedHashMap<>();
        if (place.kind() == TeamsPlace.Kind.PERSONAL) {
            return called;
        }
        for (String name : rule.approvers()) {
            for (String identity : rule.identities().getOrDefault(name, List.of())) {
                Optional<String> member = people.memberOf(identity, place.tenant());
                if (member.isPresent() && called.size() < CALLED && !identity.equals(requester)) {
                    called.put(identity, new Mention(member.get(), names.name(identity)));
                }
            }
        }
        return called;
    }
}
