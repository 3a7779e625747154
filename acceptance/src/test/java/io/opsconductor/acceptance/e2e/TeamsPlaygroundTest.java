package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.acceptance.product.Installation;
import io.opsconductor.acceptance.product.Playground;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The real product in Microsoft's Agents Playground, in a real Chromium: what somebody sees and presses in Teams. It runs by
 * {@code ./opsconductor test teams-playground} alone, which fetches the playground.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(
        named = "OPSCONDUCTOR_TEST_PLAYGROUND",
        matches = "yes",
        disabledReason = "it fetches a program of Microsoft's, whose licence is for evaluation")
class TeamsPlaygroundTest {
    private static final String REQUEST = "check disk space on web-server-01";
    private static final Dimension NARROW = new Dimension(520, 900);
    private static final String ASKED = "//*[contains(., 'Why not?')][not(*[contains(., 'Why not?')])]";
    private static final Path PICTURES = Path.of("target/playground-pictures");

    private Installation product;
    private Playground playground;
    private ChromeDriver driver;
    private WebDriverWait wait;

    @BeforeAll
    void start(@TempDir Path home, @TempDir Path profile) throws IOException {
        Path policy = Files.createDirectories(home).resolve("teams-policy.yaml");
        Files.writeString(policy, """
                expiry: 15m
                actors:
                  alex: { identities: ["%s"], roles: [operator] }
                rules:
                  - name: whoever looks confirms it themselves
                    roles: [operator]
                    effects: [read]
                    approval: requester
                """.formatted(Playground.PERSON));
        product = Installation.start(
                home, Map.of("OPSCONDUCTOR_CHATBOT_TEAMS_MODE", "playground"), "--policy", policy.toString());
        playground = Playground.start(product.address().replace("localhost", "127.0.0.1"));
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(Path.of(System.getenv("OPSCONDUCTOR_TEST_DRIVER"))
                                .toFile())
                        .usingAnyFreePort()
                        .build(),
                options(profile));
        wait = new WebDriverWait(driver, Duration.ofSeconds(60));
        driver.get(playground.address());
        // The app is installed now; what is typed before that is lost.
        wait.until(ExpectedConditions.visibilityOfElementLocated(text("Hello. Tell me what to look at")));
    }

    /** How it ended, which says most when it did not end well. */
    @AfterEach
    void look(TestInfo test) throws IOException {
        picture("end-of-" + test.getTestMethod().orElseThrow().getName());
    }

    @AfterAll
    void stop() {
        if (driver != null) {
            driver.quit();
        }
        if (playground != null) {
            playground.close();
        }
        if (product != null) {
            product.close();
        }
    }

    @Test
    void inThePersonalChatAPlanIsApprovedAndDeniedAndItsResultIsShown() throws IOException {
        go("Personal Chat");
        say(REQUEST);
        approved("personal");
        say(REQUEST);
        denied("personal", "not during the sale");
    }

    @Test
    void inAChannelTheSameComesIntoTheThreadOfThePostThatMentionsTheBot() throws IOException {
        go("My Team - General");
        wait.until(ExpectedConditions.visibilityOfElementLocated(text("Every request begins with a mention.")));
        post(REQUEST);
        approved("channel");
        post(REQUEST);
        denied("channel", "not while it is repaired");
    }

    /** Approves the plan that waits, and reads its result. */
    private void approved(String place) throws IOException {
        press("Approve", 1);
        seen("Succeeded: Check disk space on web-server-01");
        seen("Output of web-server-01");
        assertThat(DiskFree.filesystems(page())).isNotEmpty();
        wait.until(now -> now.findElements(button("Approve")).isEmpty());
        pictures(place + "-result");
    }

    private void denied(String place, String why) throws IOException {
        press("Deny", 1);
        WebElement reason =
                wait.until(ExpectedConditions.elementToBeClickable(By.xpath(ASKED + "/following::input[1]")));
        reason.sendKeys(why);
        // Another size of the window would close the form.
        picture(place + "-deny");
        // The one below the reason: the other closes the form again.
        wait.until(ExpectedConditions.elementToBeClickable(
                        By.xpath(ASKED + "/following::button[normalize-space(.)='Deny'][1]")))
                .click();
        seen(Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".");
        wait.until(now -> now.findElements(button("Deny")).isEmpty());
        pictures(place + "-denied");
    }

    /** Begins a post with a mention of the bot, chosen among those that are suggested. */
    private void post(String text) {
        box();
        typed("@Ops");
        wait.until(ExpectedConditions.elementToBeClickable(
                        By.xpath("//*[@role='menuitem'][contains(normalize-space(.), 'OpsConductor')]")))
                .click();
        wait.until(ExpectedConditions.presenceOfElementLocated(By.cssSelector("[role='textbox'] .mention")));
        typed(" " + text);
        typed(Keys.ENTER);
    }

    /** Where the caret is. */
    private void typed(CharSequence keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    private void seen(String text) {
        wait.until(ExpectedConditions.visibilityOfElementLocated(text(text)));
    }

    private void go(String place) {
        wait.until(ExpectedConditions.elementToBeClickable(
                        By.cssSelector("[role='treeitem'][aria-label='" + place + "']")))
                .click();
    }

    private WebElement box() {
        WebElement box = wait.until(ExpectedConditions.elementToBeClickable(By.cssSelector("[role='textbox']")));
        box.click();
        return box;
    }

    private void say(String text) {
        box().sendKeys(text, Keys.ENTER);
    }

    /** @param which of those with that name, from 1 */
    private void press(String button, int which) {
        wait.until(now -> now.findElements(button(button)).size() >= which);
        wait.until(ExpectedConditions.elementToBeClickable(
                        driver.findElements(button(button)).get(which - 1)))
                .click();
    }

    private static By button(String name) {
        return By.xpath("//button[normalize-space(.)='" + name + "']");
    }

    private static By text(String part) {
        return By.xpath("//*[not(*) and contains(., '" + part + "')]");
    }

    private String page() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** As it is seen, also in a window that is as narrow as a side panel. */
    private void pictures(String name) throws IOException {
        picture(name);
        Dimension wide = driver.manage().window().getSize();
        driver.manage().window().setSize(NARROW);
        picture(name + "-narrow");
        driver.manage().window().setSize(wide);
    }

    private void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.move(
                driver.getScreenshotAs(OutputType.FILE).toPath(),
                PICTURES.resolve(name + ".png"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static ChromeOptions options(Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(System.getenv("OPSCONDUCTOR_TEST_BROWSER"));
        options.addArguments(List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--window-size=1280,1000",
                "--user-data-dir=" + profile,
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1"));
        return options;
    }
}
