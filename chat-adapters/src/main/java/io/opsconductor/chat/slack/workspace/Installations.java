package io.opsconductor.chat.slack.workspace;

import io.helidon.dbclient.DbRow;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of installations by OAuth, with sealed tokens. */
final class Installations {
    private static final Logger LOG = LoggerFactory.getLogger(Installations.class);

    private final Database database;
    private final TokenSeal seal;

    Installations(Database database, TokenSeal seal) {
        this.database = database;
        this.seal = seal;
    }

    /** Enters it, or replaces what was there. */
    void save(Workspace workspace, String installedBy, Instant at) {
        database.change(
                "insert into slack_installation (team, name, app, bot_user, bot, scopes, token, installed_by, installed_at,"
                        + " status) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'active') on conflict (team) do update set"
                        + " name = excluded.name, app = excluded.app, bot_user = excluded.bot_user, bot = excluded.bot,"
                        + " scopes = excluded.scopes, token = excluded.token, installed_by = excluded.installed_by,"
                        + " installed_at = excluded.installed_at, status = 'active'",
                workspace.team(),
                workspace.name(),
                workspace.app(),
                workspace.botUser(),
                workspace.bot(),
                String.join(",", new TreeSet<>(workspace.scopes())),
                seal.sealed(workspace.team(), workspace.token()),
                installedBy,
                at.toString());
    }

    /** Marks it; its token is of no more use and is deleted. False when it was not active. */
    boolean end(String team, String status) {
        return database.change(
                        "update slack_installation set status = ?, token = '' where team = ? and status = 'active'",
                        status,
                        team)
                > 0;
    }

    Optional<Instant> installedAt(String team) {
        return database.one(
                "select installed_at from slack_installation where team = ?",
                row -> Rows.instant(row, "installed_at"),
                team);
    }

    /** Those that can be used. One whose token does not open is left out, and said. */
    List<Workspace> active() {
        return database.query("select * from slack_installation where status = 'active'", this::read).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Workspace> read(DbRow row) {
        String team = Rows.text(row, "team");
        Optional<String> token = seal.opened(team, Rows.text(row, "token"));
        if (token.isEmpty()) {
            LOG.error(
                    "the token of workspace {} was sealed with another slack.token-key: bring that key back, or install the"
                            + " app there again",
                    team);
        }
        return token.map(opened -> new Workspace(
                team,
                Rows.text(row, "name"),
                Rows.text(row, "app"),
                Rows.text(row, "bot_user"),
                Rows.text(row, "bot"),
                Set.of(Rows.text(row, "scopes").split(",", -1)),
                opened));
    }
}
