package io.opsconductor.chat.teams.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.teams.http.HttpCalls;
import io.opsconductor.counterpart.teams.Registration;
import io.opsconductor.counterpart.teams.TeamsCounterpart;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files go where Teams stores those of people, without a token, and nowhere else. */
final class UploadsTest {
    private final HttpCalls http = new HttpCalls();

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void whereNobodyStoresFilesOfPeopleNothingGoes() {
        Uploads uploads = new Uploads(http, false);
        assertThat(uploads.isAllowed("https://contoso-my.sharepoint.com/personal/alice/_api/upload?guid='1'&x=2"))
                .isTrue();
        assertThat(uploads.isAllowed("https://contoso-my.sharepoint.us/personal/alice"))
                .isTrue();
        for (String address : List.of(
                "http://contoso-my.sharepoint.com/personal/alice",
                "https://contoso-my.sharepoint.com:8443/personal/alice",
                "https://alice@contoso-my.sharepoint.com/personal/alice",
                "https://sharepoint.com.evil.example/",
                "https://evilsharepoint.com/",
                "https://.sharepoint.com/",
                "https://evil.example/?x=.sharepoint.com",
                "https://evil.example/#.sharepoint.com",
                "http://127.0.0.1:3005/api/messages",
                "http://169.254.169.254/metadata",
                "file:///etc/passwd",
                "https://contoso-my.sharepoint.com/" + "x".repeat(4_000),
                "not an address",
                "")) {
            assertThat(uploads.isAllowed(address)).as(address).isFalse();
        }
    }

    @Test
    void noTokenGoesAlongWithAFile() throws InterruptedException {
        try (TeamsCounterpart teams =
                TeamsCounterpart.start(Registration.withSecret("an-application", "a-tenant", "s3cret"))) {
            // A counterpart that gets a token along with a file refuses the file, as OneDrive does.
            assertThat(new Uploads(http, true).put(teams.uploadUrl("output.txt"), "all of it".getBytes(UTF_8)))
                    .isTrue();
            assertThat(teams.uploaded()).containsEntry("output.txt", "all of it");
            assertThat(teams.tokens().asked()).isZero();
        }
    }
}
