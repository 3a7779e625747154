package io.opsconductor.runner.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.DecisionCheck.Wanted;
import io.opsconductor.plan.Preview.ApprovalKind;
import io.opsconductor.plan.Preview.ApprovalRule;
import io.opsconductor.plan.Preview.Demand;
import io.opsconductor.plan.Preview.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who counts for what, when people belong to several groups. */
class TallyTest {
    private static final Quota DBAS = new Quota(2, "dbas", List.of("carol", "dora", "erin"));
    private static final Quota LEADS = new Quota(1, "leads", List.of("carol", "frank"));

    private static Tally tally(List<Demand> demands, String... approvers) {
        return Tally.of(new ApprovalRule(ApprovalKind.SOMEONE_ELSE, demands, Map.of(), "", false), List.of(approvers));
    }

    private static Tally tally(String... approvers) {
        return tally(List.of(new Demand(List.of(DBAS, LEADS), List.of())), approvers);
    }

    @Test
    void whoIsInBothGroupsCountsOnceAndWhereItHelps() {
        assertThat(tally("carol", "dora").wanted())
                .containsExactly(new Wanted(1, List.of("dbas", "leads"), List.of("erin", "frank"), List.of()));
        assertThat(tally("carol", "dora", "erin").sufficient()).isTrue();
        assertThat(tally("carol", "dora", "frank").sufficient()).isTrue();
        assertThat(tally("dora", "frank", "carol").sufficient()).isTrue();
        assertThat(tally("carol", "frank").wanted())
                .containsExactly(new Wanted(1, List.of("dbas"), List.of("dora", "erin"), List.of()));
        assertThat(tally("dora", "erin").wanted())
                .containsExactly(new Wanted(1, List.of("leads"), List.of("carol", "frank"), List.of()));
    }

    @Test
    void withoutAnApprovalEverybodyIsWanted() {
        assertThat(tally().wanted())
                .containsExactly(
                        new Wanted(3, List.of("dbas", "leads"), List.of("carol", "dora", "erin", "frank"), List.of()));
        assertThat(tally().missing()).isEqualTo(3);
    }

    @Test
    void demandsOfSeveralStepsAreMetEachByItselfAndShareApprovals() {
        List<Demand> demands = List.of(
                new Demand(List.of(new Quota(1, "dbas", DBAS.approvers())), List.of(1)),
                new Demand(List.of(new Quota(1, "leads", LEADS.approvers())), List.of(2)));

        assertThat(tally(demands, "carol").sufficient()).isTrue();
        assertThat(tally(demands, "dora").wanted())
                .containsExactly(new Wanted(1, List.of("leads"), List.of("carol", "frank"), List.of(2)));
        assertThat(tally(demands, "dora", "frank").sufficient()).isTrue();
    }

    /** The same question answered by trying every assignment of people to places. */
    @Test
    void theMatchingIsTheBestThereIsInAThousandRandomElections() {
        Random random = new Random(20_261_126);
        for (int round = 0; round < 1_000; round++) {
            List<String> people = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(at -> "p" + at)
                    .toList();
            List<Quota> quotas = new ArrayList<>();
            for (int at = 0; at < 1 + random.nextInt(3); at++) {
                quotas.add(new Quota(
                        1 + random.nextInt(3),
                        "g" + at,
                        people.stream().filter(p -> random.nextBoolean()).toList()));
            }
            List<String> voters =
                    people.stream().filter(p -> random.nextInt(3) > 0).toList();
            int[] room = quotas.stream().mapToInt(Quota::people).toArray();
            int seats = IntStream.of(room).sum();
            int seated = most(quotas, voters, 0, room);
            Matching matching = new Matching(quotas, voters);

            assertThat(matching.missing()).as(quotas + " " + voters).isEqualTo(seats - seated);
            List<String> open = matching.open().stream()
                    .flatMap(quota -> quota.approvers().stream())
                    .toList();
            for (String next : people) {
                if (!voters.contains(next)) {
                    List<String> more = new ArrayList<>(voters);
                    more.add(next);
                    assertThat(open.contains(next))
                            .as(next + " after " + voters + " for " + quotas)
                            .isEqualTo(most(quotas, more, 0, room) > seated);
                }
            }
        }
    }

    private static int most(List<Quota> quotas, List<String> voters, int at, int[] room) {
        if (at == voters.size()) {
            return 0;
        }
        int best = most(quotas, voters, at + 1, room);
        for (int quota = 0; quota < quotas.size(); quota++) {
            if (room[quota] > 0 && quotas.get(quota).approvers().contains(voters.get(at))) {
                room[quota]--;
                best = Math.max(best, 1 + most(quotas, voters, at + 1, room));
                room[quota]++;
            }
        }
        return best;
    }
}
