package io.opsconductor.runner.winrm;

import java.security.cert.CertificateException;

/** Another certificate than the pinned one was shown. */
public final class FingerprintException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final String shown;

    FingerprintException(String shown) {
        super("the certificate has another fingerprint than the pinned one");
        this.shown = shown;
    }

    /** SHA-256 of the certificate that was shown, in lower-case hexadecimal digits. */
    public String shown() {
        return shown;
    }
}
