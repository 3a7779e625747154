package io.opsconductor.chat.deliver;

import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the store knows of plans besides their events. */
public final class RecordedPlans {
    private static final Pattern APPROVAL = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private final Database database;

    public RecordedPlans(Database database) {
        this.database = database;
    }

    /** The numbers of a plan's card, decisions and result, in order. */
    List<Long> planEvents(String conversation, String approval) {
        if (!APPROVAL.matcher(approval).matches()) {
            return List.of();
        }
        return database.query(
                "select seq from event where conversation = ? and type in ('plan', 'decision', 'result')"
                        + " and body like ? order by seq",
                row -> Rows.number(row, "seq"),
                conversation,
                "%\"approval\":\"" + approval + "\"%");
    }

    /** Every conversation that shows a plan's card. */
    public List<String> conversationsOf(String approval) {
        return database.query(
                "select conversation from approval where id = ? union select conversation from approval_place"
                        + " where approval = ?",
                row -> Rows.text(row, "conversation"),
                approval,
                approval);
    }

    Optional<String> executionOf(String approval) {
        return database.one("select id from execution where approval = ?", row -> Rows.text(row, "id"), approval);
    }
}
