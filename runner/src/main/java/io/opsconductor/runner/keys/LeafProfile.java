package io.opsconductor.runner.keys;

import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * Who a certificate speaks for and what for. The runner only serves and the chatbot only calls: a stolen
 * chatbot certificate cannot pose as a runner.
 *
 * @param name file name without ending, common name and first DNS name
 */
record LeafProfile(String name, KeyPurposeId purpose, List<GeneralName> alternativeNames) {
    static final LeafProfile RUNNER = new LeafProfile(
            "runner",
            KeyPurposeId.id_kp_serverAuth,
            List.of(dns("runner"), dns("localhost"), address("127.0.0.1"), address("::1")));
    static final LeafProfile CHATBOT =
            new LeafProfile("chatbot", KeyPurposeId.id_kp_clientAuth, List.of(dns("chatbot")));

    LeafProfile {
        alternativeNames = List.copyOf(alternativeNames);
    }

    private static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    private static GeneralName address(String address) {
        return new GeneralName(GeneralName.iPAddress, address);
    }
}
