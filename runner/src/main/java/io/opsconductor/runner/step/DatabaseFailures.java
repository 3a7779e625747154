package io.opsconductor.runner.step;

import io.opsconductor.plan.Visible;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.TargetOutcome.NotStarted;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What went wrong with a statement, as sentences for an operator. */
final class DatabaseFailures {
    private static final String NOTHING = " Nothing was run.";
    private static final int MAX_QUOTED = 400;

    /** MySQL and MariaDB: login refused, for this host, without a password, by the authentication plug-in. */
    private static final Set<Integer> LOGIN_CODES = Set.of(1045, 1130, 1251, 1698);

    /** MySQL and MariaDB: no right to a database, a table, a column, an operation. */
    private static final Set<Integer> RIGHT_CODES = Set.of(1044, 1142, 1143, 1227, 1370);

    private static final int UNKNOWN_DATABASE = 1049;
    private static final int SYNTAX = 1064;

    /** MySQL and MariaDB: the statement was ended by somebody, or took too long. */
    private static final Set<Integer> ENDED_CODES = Set.of(1317, 1969, 3024);

    /** What the drivers say when they reject the certificate's name: neither gives it a kind or a code of its own. */
    private static final Pattern OTHER_NAME = Pattern.compile("(?i)hostname .*verif");

    private static final Pattern LACKS_TLS = Pattern.compile("(?i)does not support SSL|ssl not enabled");

    private final Target target;
    private final DatabaseAddress address;
    private final Masker masker;

    DatabaseFailures(Target target, DatabaseAddress address, Masker masker) {
        this.target = target;
        this.address = address;
        this.masker = masker;
    }

    static NotStarted notConfigured(Target target) {
        return new NotStarted(
                "not_configured",
                target.name() + " has no database settings in the inventory." + NOTHING + " Describe them there.");
    }

    NotStarted noCredential() {
        return new NotStarted(
                "credential_unavailable",
                "The database of " + target.name() + " has no credential in the inventory." + NOTHING
                        + " Add one of type password.");
    }

    NotStarted unusable(String reason) {
        return new NotStarted(
                "credential_unavailable",
                "The credential " + credentialName() + " for " + target.name() + " cannot be used: " + reason + "."
                        + NOTHING);
    }

    NotStarted noFile(Path file) {
        return new NotStarted(
                "unknown_database",
                "The database file " + file + " of " + target.name() + " is not there." + NOTHING
                        + " Correct its path in the inventory.");
    }

    NotStarted notConnected(SQLException e) {
        String state = state(e);
        String port = " on port " + address.port();
        if (state.equals("28P01") || state.equals("28000") || LOGIN_CODES.contains(e.getErrorCode())) {
            return new NotStarted(
                    "login_refused",
                    target.name() + " refused the login of account " + account() + " with credential "
                            + credentialName() + " (" + quoted(e) + ")." + NOTHING
                            + " Check the password, and from where the account may log in.");
        }
        if (state.equals("3D000") || e.getErrorCode() == UNKNOWN_DATABASE) {
            return new NotStarted(
                    "unknown_database",
                    target.name() + " has no database " + address.database() + "." + NOTHING
                            + " Correct its name in the inventory.");
        }
        if (RIGHT_CODES.contains(e.getErrorCode()) || state.equals("42501")) {
            return new NotStarted(
                    "login_refused",
                    target.name() + " does not let the account " + account() + " into the database "
                            + address.database() + " (" + quoted(e) + ")." + NOTHING
                            + " Check the database's name in the inventory, and the account's rights.");
        }
        if (has(e, UnknownHostException.class)) {
            return new NotStarted(
                    "not_resolved",
                    "The address " + target.address() + " of " + target.name() + " cannot be found." + NOTHING
                            + " Correct the address in the inventory, or the runner's name service.");
        }
        if (LACKS_TLS.matcher(quoted(e)).find()) {
            return new NotStarted(
                    "tls_failed",
                    target.name() + " does not speak TLS" + port + " (" + quoted(e) + ")." + NOTHING
                            + " Give it a certificate, or, where nobody can be between, write tls: off in its database"
                            + " settings in the inventory.");
        }
        if (has(e, SSLException.class)
                || has(e, java.security.cert.CertificateException.class)
                || OTHER_NAME.matcher(quoted(e)).find()) {
            return new NotStarted(
                    "tls_failed",
                    "TLS with " + target.name() + port + " failed (" + quoted(e) + ")." + NOTHING
                            + " Check that its certificate is for " + target.address()
                            + ", and name the authority that signed it as ca in the inventory.");
        }
        if (has(e, ConnectException.class)) {
            return new NotStarted(
                    "not_reachable",
                    target.name() + " refused the connection" + port + "." + NOTHING
                            + " Check that the database runs and listens there.");
        }
        if (has(e, SocketTimeoutException.class)
                || quoted(e).toLowerCase(Locale.ROOT).contains("timed out")
                || quoted(e).contains("timeout")) {
            return new NotStarted(
                    "not_reachable",
                    target.name() + " did not answer" + port + " in time." + NOTHING
                            + " Check that it is up and that no firewall is between.");
        }
        if (quoted(e).contains("RSA public key")) {
            return new NotStarted(
                    "tls_needed",
                    target.name()
                            + " wants the password encrypted with its public key, which without TLS anybody between"
                            + " could replace by another." + NOTHING
                            + " Remove tls: off from its database settings in the inventory, and name the authority that"
                            + " signed its certificate as ca.");
        }
        return new NotStarted(
                "not_reachable",
                "The login to the database of " + target.name() + port + " failed (" + quoted(e) + ")." + NOTHING
                        + " Check that a server for " + address.kind().word() + " listens there.");
    }

    /** The login took longer than it may. */
    NotStarted late(Duration limit) {
        return new NotStarted(
                "not_reachable",
                target.name() + " did not complete the login on port " + address.port() + " within "
                        + limit.toSeconds() + " s." + NOTHING
                        + " Check that it is up and not overloaded, that a server for "
                        + address.kind().word() + " listens there, and that no firewall is between.");
    }

    /** Whether the connection is gone. */
    static boolean isCut(SQLException e) {
        String state = state(e);
        // 57P0x: the server was told to stop, crashed, or ended the session.
        return state.startsWith("08") || state.startsWith("57P0") || has(e, java.io.IOException.class);
    }

    String cutDuringChange() {
        return "The connection to the database of " + target.name() + " was lost while the statement ran, so whether it"
                + " took effect is unknown. Look there before running it again.";
    }

    /** Why a statement failed, when the database is known to have changed nothing. */
    String failed(SQLException e) {
        if (isCut(e)) {
            return "The connection to the database of " + target.name()
                    + " was lost before the answer. The statement only looks, so it can be run again.";
        }
        int code = e.getErrorCode();
        String state = state(e);
        if (state.equals("57014") || ENDED_CODES.contains(code) || (isSqlite() && code == 9)) {
            return "The database of " + target.name() + " ended the statement (" + quoted(e) + ").";
        }
        if (state.equals("42501") || RIGHT_CODES.contains(code)) {
            return "The account " + account() + " has no right to do this on " + target.name() + " (" + quoted(e)
                    + ").";
        }
        if (state.equals("25006") || code == 1792 || (isSqlite() && code == 8)) {
            return "The statement would have changed something on " + target.name()
                    + ", and a tool with effect read may not (" + quoted(e) + "). Correct the tool's effect.";
        }
        if (state.equals("42601") || code == SYNTAX || (isSqlite() && quoted(e).contains("syntax error"))) {
            return "The database of " + target.name() + " does not understand the statement: " + quoted(e) + position(e)
                    + ". Correct the tool.";
        }
        return "The database of " + target.name() + " refused the statement: " + quoted(e) + position(e) + ".";
    }

    private static String position(SQLException e) {
        ServerErrorMessage message = e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        return message == null || message.getPosition() <= 0 ? "" : ", at character " + message.getPosition();
    }

    private boolean isSqlite() {
        return address.kind() == DatabaseAddress.Kind.SQLITE;
    }

    private String account() {
        Credential credential = address.credential();
        return credential == null ? "" : credential.account();
    }

    private String credentialName() {
        Credential credential = address.credential();
        return credential == null ? "" : credential.name();
    }

    /** The database's own words: masked, in one line, and not endless. */
    private String quoted(SQLException e) {
        ServerErrorMessage message = e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        String said = message == null ? String.valueOf(e.getMessage()) : String.valueOf(message.getMessage());
        String visible = Visible.escape(masker.mask(said))
                .replaceAll("\\s+", " ")
                .strip()
                .replaceFirst("\\.$", "");
        return visible.length() <= MAX_QUOTED ? visible : visible.substring(0, MAX_QUOTED) + "\u2026";
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    private static boolean has(Throwable e, Class<? extends Throwable> type) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
