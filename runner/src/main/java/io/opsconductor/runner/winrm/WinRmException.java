package io.opsconductor.runner.winrm;

import org.jspecify.annotations.Nullable;

/** The other side said no, or said something that this side cannot take. */
public final class WinRmException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String detail;

    /** What kind of no. */
    public enum Kind {
        /** The account or the password is wrong, or the account may not log in. */
        LOGIN_REFUSED,
        /** It takes other logins only; the detail lists them. */
        LOGIN_NOT_OFFERED,
        /** No login could be made here, such as a Kerberos ticket; the detail is the end of a sentence. */
        LOGIN_NOT_MADE,
        /** The login is good and has no right to this. */
        NOT_ALLOWED,
        /** The account or the machine has as many shells or operations as it may have. */
        QUOTA,
        /** Another fault of the service; the detail is its message. */
        FAULT,
        /** A status of HTTP that means nothing here; the detail is the number. */
        STATUS,
        /** An answer that is not the protocol; the detail says what it was. */
        GARBAGE,
        /** An answer in the clear, or with a wrong signature, where sealed ones were agreed on. */
        NOT_SEALED,
        /** An answer beyond every bound. */
        TOO_LARGE
    }

    WinRmException(Kind kind, String detail) {
        this(kind, detail, null);
    }

    WinRmException(Kind kind, String detail, @Nullable Throwable cause) {
        super(kind + (detail.isEmpty() ? "" : ": " + detail), cause);
        this.kind = kind;
        this.detail = detail;
    }

    public Kind kind() {
        return kind;
    }

    /** More about it, as {@link Kind} says; what the other side wrote is in it as it came. */
    public String detail() {
        return detail;
    }
}
