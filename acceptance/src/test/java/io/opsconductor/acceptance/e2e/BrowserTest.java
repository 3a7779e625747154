package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.acceptance.product.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
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

    @Test
    void whatTheOutputsSayIsATableAndWhatComesNextIsOneClickAndAnApprovalAway() {
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        try (Installation product = Installation.start(home);
                Browser browser = new Browser(new ChromeDriver(service, options()))) {
            ChromeDriver driver = browser.driver();
            WebDriverWait wait = new WebDriverWait(driver, Duration.ofSeconds(60));
            driver.get(product.address());

            say(wait, "check disk space on all web servers");
            wait.until(ExpectedConditions.elementToBeClickable(testId("approve")))
                    .click();
            WebElement table = wait.until(ExpectedConditions.visibilityOfElementLocated(testId("reading-table")));
            assertThat(table.getText()).startsWith("target file system in use free used size");
            assertThat(table.findElements(By.cssSelector("tbody tr td:first-child")))
                    .extracting(WebElement::getText)
                    .contains("web-server-01", "web-server-02");
            assertThat(driver.findElement(testId("reading-sentence")).getText())
                    .matches("Fullest: .+ on web-server-0\\d, \\d+% used, .+ free; .+");

            say(wait, "uptime of the ones where the disk is at least 0%");
            WebElement narrowed = wait.until(d -> second(d.findElements(testId("plan-card"))));
            assertThat(narrowed.getText())
                    .contains("in the last result: 2 of 2.")
                    .contains("web-server-02");

            say(wait, "restart nginx on web-server-01");
            wait.until(d -> d.findElements(testId("plan-card")).size() == 3);
            new Select(driver.findElement(testId("user-picker"))).selectByValue("bob");
            driver.findElements(testId("approve")).getLast().click();
            By check = By.cssSelector("[data-reply='check the status of nginx on web-server-01']");
            wait.until(ExpectedConditions.elementToBeClickable(check)).click();
            WebElement next =
                    wait.until(d -> d.findElements(testId("plan-card")).size() == 4
                            ? d.findElements(testId("plan-card")).getLast()
                            : null);
            assertThat(next.getText())
                    .contains("Asked by bob")
                    .contains("service_status")
                    .contains("nginx")
                    .contains("web-server-01")
                    .contains("waiting for approval");
            assertThat(driver.manage().logs().get("browser").getAll()).isEmpty();
        }
    }

    private static void say(WebDriverWait wait, String text) {
        wait.until(ExpectedConditions.elementToBeClickable(testId("message-input")))
                .sendKeys(text, Keys.ENTER);
    }

    private static @Nullable WebElement second(List<WebElement> elements) {
        return elements.size() == 2 ? elements.getLast() : null;
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
