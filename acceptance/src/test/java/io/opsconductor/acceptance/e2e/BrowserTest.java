package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.acceptance.product.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The main job in a real Chromium: type, see the card, approve, read the true output. */
class BrowserTest {
    @TempDir
    Path home;

    @TempDir
    Path profile;

    @Test
    void typeSeeTheCardApproveAndReadWhatTheMachineItselfSays() {
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        try (Installation product = Installation.start(home);
                Browser browser = new Browser(new ChromeDriver(service, options()))) {
            ChromeDriver driver = browser.driver();
            WebDriverWait wait = new WebDriverWait(driver, Duration.ofSeconds(60));
            driver.get(product.address());

            WebElement input = wait.until(ExpectedConditions.elementToBeClickable(testId("message-input")));
            input.sendKeys("check disk space on web-server-01", Keys.ENTER);

            WebElement card = wait.until(ExpectedConditions.visibilityOfElementLocated(testId("plan-card")));
            assertThat(card.getText()).contains("web-server-01").containsIgnoringCase("read");
            String command = DiskFree.command(card.getText());

            wait.until(ExpectedConditions.elementToBeClickable(testId("approve")))
                    .click();

            wait.until(ExpectedConditions.visibilityOfElementLocated(testId("result")));
            WebElement output = wait.until(ExpectedConditions.visibilityOfElementLocated(testId("target-output")));
            assertThat(DiskFree.filesystems(output.getText()))
                    .isEqualTo(DiskFree.ofThisMachine(command))
                    .isNotEmpty();
            assertThat(driver.manage().logs().get("browser").getAll()).isEmpty();
        }
    }

    private record Browser(ChromeDriver driver) implements AutoCloseable {
        @Override
        public void close() {
            driver.quit();
        }
    }

    private static By testId(String id) {
        return By.cssSelector("[data-testid='" + id + "']");
    }

    private ChromeOptions options() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium", "google-chrome", "chrome").toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        return options;
    }

    private static Path program(String... names) {
        return Stream.of(names)
                .flatMap(name ->
                        Stream.of("/usr/bin/", "/usr/local/bin/", "/snap/bin/").map(dir -> Path.of(dir + name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "none of " + List.of(names) + " is installed: ./opsconductor test installs it"));
    }
}
