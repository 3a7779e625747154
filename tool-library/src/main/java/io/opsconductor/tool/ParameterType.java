package io.opsconductor.tool;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The closed set of parameter types; each has one rule for what a value looks like, see {@code ParameterCheck}. */
public enum ParameterType {
    STRING,
    INTEGER,
    BOOLEAN,
    ENUM,
    /** A number and a unit: {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}. */
    DURATION,
    /** A host name, an IP address, or an inventory name, which renders as that target's address. */
    HOST,
    IP,
    CIDR,
    /** 1 to 65535. */
    PORT,
    /** An http or https address. */
    URL,
    /** An absolute path of a POSIX or Windows file system. */
    PATH,
    /** A service or unit name. */
    SERVICE,
    SQL_IDENTIFIER,
    /** An inventory name. */
    TARGET,
    /** The name of a secret that the runner looks up. */
    SECRET;

    /** As in YAML and JSON: lower case, words joined by a hyphen ({@code sql-identifier}). */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
