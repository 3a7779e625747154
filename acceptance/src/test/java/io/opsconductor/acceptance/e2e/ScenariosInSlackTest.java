package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever the local chat is shown to do, Slack is shown to do as well: a new scenario there needs its like here. */
class ScenariosInSlackTest {
    private static final String TOLD = "theJournalsVerifyAndBothProcessesSayHowTheyAreAndWhatTheyDid";
    private static final String KILLED = "aKilledChatbotTellsTheResultOnceAndAnswersOnceWhatItHadTakenAndWhatItMissed";

    private static final Map<String, String> IN_SLACK = Map.ofEntries(
            Map.entry(
                    "typeSeeTheCardApproveAndReadWhatTheMachineItselfSays",
                    "aReadIsShownApprovedAndRunAndItsCardSaysSo"),
            Map.entry(
                    "whatTheOutputsSayIsATableAndWhatComesNextIsOneClickAndAnApprovalAway",
                    "whatTheOutputsSayIsATableAndWhatComesNextIsOnePressAndAnApprovalAway"),
            Map.entry("aReadIsShownApprovedAndRun", "aReadIsShownApprovedAndRunAndItsCardSaysSo"),
            Map.entry("aChangeNeedsAColleagueAndOneDecisionIsEnough", "aChangeNeedsAColleagueAndOneDecisionIsEnough"),
            Map.entry("aDeniedPlanNeverRuns", "aPlanDeniedWithAReasonNeverRuns"),
            Map.entry("aGroupRunsOnAllItsTargets", "aGroupRunsOnAllItsTargets"),
            Map.entry(
                    "aMissingTargetIsAskedForAndTheAnswerCompletesThePlan",
                    "aMissingTargetIsAskedForAndAClickCompletesThePlan"),
            Map.entry("anUnknownHostIsRefusedWithTheNearestNames", "anUnknownHostIsRefusedWithTheNearestNames"),
            Map.entry("helpListsTheTools", "helpListsTheTools"),
            Map.entry("whatIsNotForItIsAnsweredAndRunsNothing", "whatIsNotForItIsAnsweredAndRunsNothing"),
            Map.entry("hostileWordsNeverBecomePartOfACommand", "hostileWordsNeverBecomePartOfACommand"),
            Map.entry("badRequestsGetAClearAnswer", "badDeliveriesGetAClearAnswer"),
            Map.entry("aHugeMessageIsRefused", "whatCannotBeTakenIsRefusedToItsWriterAlone"),
            Map.entry("aDecisionOnAnotherDigestChangesNothing", "aDecisionOnAnotherDigestChangesNothing"),
            Map.entry("aStrangerMayNotAskOrApprove", "aStrangerMayNotAskOrApprove"),
            Map.entry("bothJournalsVerifyAndBelongTogether", TOLD),
            Map.entry("bothProcessesSayHowTheyAreAndCountWhatTheyDid", TOLD),
            Map.entry("everyLogLineIsJsonAndTheExecutionIsOnTheLinesAboutIt", TOLD),
            Map.entry(
                    "theUsersInventoryPolicyAndToolsAreUsedAndNoDemoIsStarted",
                    "aToolOfTheUsersOwnThatNeedsNoApprovalRunsAtOnce"),
            Map.entry(
                    "aRunnerKilledInTheMiddleLeavesAnUnknownOutcomeAndRunsNothingTwice",
                    "aRunnerKilledInTheMiddleLeavesAnUnknownOutcomeAndTheThreadSaysSo"),
            Map.entry("aChatbotKilledInTheMiddleStillDeliversTheResultOnce", KILLED),
            Map.entry("aMessageAcknowledgedBeforeTheKillIsStillAnswered", KILLED));

    /** The terminal is one of the ways to the local chat, and none to Slack. */
    private static final Set<String> AT_THE_TERMINAL =
            Set.of("theTerminalClientDoesTheSame", "theTerminalClientSaysNoWithItsExitCode");

    @Test
    void everyScenarioOfTheLocalChatPassesThroughSlackAsWell() {
        Set<String> known = new TreeSet<>(IN_SLACK.keySet());
        known.addAll(AT_THE_TERMINAL);
        assertThat(known)
                .isEqualTo(
                        tests(List.of(BrowserTest.class, ConversationTest.class, CrashTest.class, OwnFilesTest.class)));
        assertThat(tests(List.of(SlackJobTest.class, SlackCrashTest.class))).containsAll(IN_SLACK.values());
    }

    private static Set<String> tests(List<Class<?>> classes) {
        return classes.stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
