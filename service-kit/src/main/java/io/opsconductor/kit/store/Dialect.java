package io.opsconductor.kit.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.helidon.dbclient.DbClientException;
import java.time.Duration;
import java.util.List;

/** Everything in which the databases differ; whoever stores something need not know which one it is. */
sealed interface Dialect permits SqliteDialect, PostgreSqlDialect {
    /** How connections are made. */
    HikariConfig pool();

    /** The class path folders of what brings a store up to date, for a process's own folder. */
    List<String> migrations(String folder);

    /**
     * Takes the store for this process, before anything is read or written.
     *
     * @throws StoreException when another process has it
     */
    Ownership own(HikariDataSource pool);

    /**
     * Takes the store for this process and for others that share it.
     *
     * @throws StoreException when another process has it for itself alone
     */
    Ownership share(HikariDataSource pool);

    /**
     * Takes the store for this process, as long as it takes for whoever has it to end or not to renew its lease.
     *
     * @throws StoreException when it cannot be waited for
     */
    Ownership standBy(HikariDataSource pool, Duration lease);

    /** Looks into the store of a process beside it. */
    Ownership beside();

    /** The store's own clock as an expression: milliseconds since 1970, at the moment at which it is asked. */
    String now();

    /** Counts the tables of a name, which is bound. */
    String tables();

    /** Whether it failed because its connection ended. */
    boolean hasEnded(DbClientException failure);

    static Dialect of(StorePlace place) {
        return switch (place) {
            case StorePlace.InFile file -> new SqliteDialect(file.file());
            case StorePlace.OnServer server -> new PostgreSqlDialect(server);
        };
    }
}
