package io.opsconductor.kit.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Copies a store from its file into an empty database of a server: all tables in one transaction, from one moment of the file,
 * and read back. The file stays as it is.
 */
public final class StoreCopy {
    private static final int BATCH = 500;
    private static final List<String> NOT_CONTENT = List.of("store_owner", "flyway_schema_history");

    private StoreCopy() {}

    /**
     * What was copied of one table.
     *
     * @param replaced texts with a NUL, which PostgreSQL does not keep: it is U+FFFD there
     */
    public record Copied(String table, long rows, long replaced) {}

    private record Column(String name, boolean number, boolean numbersItself) {}

    private record Table(String name, List<Column> columns, List<String> key) {
        String select() {
            return "select " + columns.stream().map(Column::name).collect(Collectors.joining(", ")) + " from " + name
                    + " order by " + String.join(", ", key);
        }

        String insert() {
            return "insert into " + name + " ("
                    + columns.stream().map(Column::name).collect(Collectors.joining(", ")) + ") values ("
                    + columns.stream().map(_ -> "?").collect(Collectors.joining(", ")) + ")";
        }
    }

    /**
     * Copies.
     *
     * @param migrations class path folder of the process's migrations
     * @param progress is told of each table once it is copied and read back
     * @throws StoreException when the target is not empty or is in use, or does not hold afterwards what the file holds; nothing
     *     is copied then
     */
    public static List<Copied> copy(
            Path file, StorePlace.OnServer target, String migrations, Consumer<Copied> progress) {
        Path moment = file.resolveSibling(file.getFileName() + ".copying");
        try {
            Files.deleteIfExists(moment);
            snapshot(file, moment);
            // Brought up to date is what is copied, not what was.
            try (Database from = Database.open(moment, migrations);
                    Database to = Database.open(target, migrations);
                    Connection read = from.connection();
                    Connection write = to.connection()) {
                return copy(read, write, target, progress);
            }
        } catch (SQLException e) {
            throw new StoreException("the store was not copied: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the store was not copied: " + e.getMessage(), e);
        } finally {
            forget(moment);
        }
    }

    /**
     * Writes one moment of a store into a new file that its owner alone may read, also while a process writes to it.
     *
     * @throws StoreException when it cannot, as when the file is there already
     */
    public static void snapshot(Path file, Path copy) {
        try {
            // It holds what people asked and machines answered: its owner's alone. SQLite fills an empty file as it is.
            Files.createFile(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new StoreException(copy + " is there already: name another file", e);
        } catch (IOException e) {
            throw new StoreException("the file " + copy + " cannot be made: " + e.getMessage(), e);
        }
        try (Database from = Database.existing(file);
                Connection connection = from.connection();
                PreparedStatement statement = connection.prepareStatement("vacuum into ?")) {
            statement.setString(1, copy.toString());
            statement.execute();
        } catch (SQLException e) {
            throw new StoreException("the store " + file + " cannot be copied: " + e.getMessage(), e);
        }
    }

    private static void forget(Path moment) {
        try {
            for (String end : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(Path.of(moment + end));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the copy " + moment + " cannot be deleted", e);
        }
    }

    private static List<Copied> copy(
            Connection from, Connection to, StorePlace.OnServer target, Consumer<Copied> progress) throws SQLException {
        to.setAutoCommit(false);
        try (Statement statement = to.createStatement()) {
            // Reading a large table of the file takes its time.
            statement.execute("set local idle_in_transaction_session_timeout = 0");
            List<Table> tables = tables(from, to);
            for (Table table : tables) {
                long rows = count(to, table);
                if (rows > 0) {
                    throw new StoreException("the database " + target + " is not empty: its table " + table.name()
                            + " has rows already; name an empty one, nothing was copied");
                }
            }
            List<Copied> all = new ArrayList<>();
            for (Table table : tables) {
                Copied copied = copy(from, to, table);
                all.add(copied);
                progress.accept(copied);
            }
            to.commit();
            return all;
        } catch (RuntimeException | SQLException e) {
            to.rollback();
            throw e;
        } finally {
            to.setAutoCommit(true);
        }
    }

    private static long count(Connection connection, Table table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table.name())) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** In the order in which they were made, so that what is referred to comes first. */
    private static List<Table> tables(Connection from, Connection to) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = from.createStatement();
                ResultSet rows = statement.executeQuery("select name from sqlite_master where type = 'table'"
                        + " and name not like 'sqlite_%' order by rowid")) {
            while (rows.next()) {
                String name = rows.getString(1);
                if (!NOT_CONTENT.contains(name)) {
                    tables.add(new Table(name, columns(to, name), key(from, name)));
                }
            }
        }
        return tables;
    }

    private static List<Column> columns(Connection to, String table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement =
                to.prepareStatement("select column_name, data_type, is_identity from information_schema.columns"
                        + " where table_schema = current_schema() and table_name = ? order by ordinal_position")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(new Column(
                            rows.getString(1),
                            !rows.getString(2).equals("text"),
                            rows.getString(3).equals("YES")));
                }
            }
        }
        if (columns.isEmpty()) {
            throw new StoreException("the file has a table " + table + " that the migrations do not make");
        }
        return columns;
    }

    private static List<String> key(Connection from, String table) throws SQLException {
        List<String> key = new ArrayList<>();
        try (PreparedStatement statement =
                from.prepareStatement("select name from pragma_table_info(?) where pk > 0 order by pk")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    key.add(rows.getString(1));
                }
            }
        }
        return key;
    }

    private static Copied copy(Connection from, Connection to, Table table) throws SQLException {
        Content source = new Content();
        try (Statement select = from.createStatement();
                ResultSet rows = select.executeQuery(table.select());
                PreparedStatement insert = to.prepareStatement(table.insert())) {
            while (rows.next()) {
                for (int i = 0; i < table.columns().size(); i++) {
                    if (table.columns().get(i).number()) {
                        long value = rows.getLong(i + 1);
                        source.add(value);
                        insert.setLong(i + 1, value);
                    } else {
                        String value = source.add(rows.getString(i + 1));
                        insert.setString(i + 1, value);
                    }
                }
                insert.addBatch();
                if (++source.rows % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        for (Column column : table.columns()) {
            if (column.numbersItself()) {
                goOnNumbering(to, table.name(), column.name());
            }
        }
        Content copied = read(to, table);
        if (copied.rows != source.rows || !copied.digest().equals(source.digest())) {
            throw new StoreException(
                    "the table " + table.name() + " does not hold in the database what it holds in the file ("
                            + copied.rows + " of " + source.rows + " rows): nothing was copied");
        }
        return new Copied(table.name(), source.rows, source.replaced);
    }

    private static Content read(Connection to, Table table) throws SQLException {
        Content content = new Content();
        try (Statement select = to.createStatement()) {
            // Not all rows at once.
            select.setFetchSize(BATCH);
            try (ResultSet rows = select.executeQuery(table.select())) {
                while (rows.next()) {
                    for (int i = 0; i < table.columns().size(); i++) {
                        if (table.columns().get(i).number()) {
                            content.add(rows.getLong(i + 1));
                        } else {
                            content.add(rows.getString(i + 1));
                        }
                    }
                    content.rows++;
                }
            }
        }
        return content;
    }

    private static void goOnNumbering(Connection to, String table, String column) throws SQLException {
        try (Statement statement = to.createStatement()) {
            statement.execute("select setval(pg_get_serial_sequence('" + table + "', '" + column + "'), coalesce(max("
                    + column + "), 0) + 1, false) from " + table);
        }
    }

    /** The rows of a table, one value after the other. */
    private static final class Content {
        private final MessageDigest digest = sha256();
        private long rows;
        private long replaced;

        void add(long value) {
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
        }

        /** Answers the text as PostgreSQL can keep it. */
        String add(String value) {
            String kept = value.replace('\0', '\uFFFD');
            if (!kept.equals(value)) {
                replaced++;
            }
            byte[] bytes = kept.getBytes(StandardCharsets.UTF_8);
            add(bytes.length);
            digest.update(bytes);
            return kept;
        }

        String digest() {
            return HexFormat.of().formatHex(digest.digest());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
