package io.opsconductor.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.counterpart.Counterpart;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.Select;

/** The page as somebody uses it, one browser for all tests and a fresh counterpart for each. */
@TestInstance(Lifecycle.PER_CLASS)
class PageTest {
    private static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";

    private Browser browser;
    private Counterpart counterpart = Counterpart.start();

    PageTest() throws IOException {
        browser = new Browser();
    }

    @BeforeAll
    void quiet() {
        browser.driver().manage().logs().get(LogType.BROWSER);
    }

    @AfterEach
    void freshCounterpart() {
        browser.driver().executeScript("localStorage.clear()");
        counterpart.close();
        counterpart = Counterpart.start();
    }

    @AfterAll
    void stop() throws IOException {
        browser.close();
        counterpart.close();
    }

    private void openWide() {
        browser.open(counterpart.uri().resolve("/"), 1200, 900);
    }

    private void say(String text) {
        browser.see("message-input").sendKeys(text + Keys.ENTER);
    }

    private static String state(WebElement card) {
        return String.valueOf(card.getDomAttribute("data-state"));
    }

    @Test
    void typedSentenceBecomesACardWhichIsApprovedAndShowsItsOutput() {
        openWide();
        browser.see("message-input").sendKeys("check disk space on web-server-01");
        browser.see("send").click();

        WebElement card = browser.see("plan-card");
        assertThat(card.getText())
                .contains(
                        "READ",
                        "only looks, changes nothing",
                        "waiting for approval",
                        "Check disk space on web-server-01",
                        "Asked by alice · 1 target (1 in production)",
                        "web-server-01\nproduction\nas ops",
                        "May be approved by alice, bob or carol.",
                        "Expires in ");
        assertThat(browser.see("command").getText()).isEqualTo("df -h -x overlay");

        browser.see("approve").click();

        WebElement result = browser.see("result");
        assertThat(result.getText())
                .contains(
                        "succeeded",
                        "check_disk_space succeeded on web-server-01.",
                        "web-server-01",
                        "exit 0",
                        "132 ms");
        assertThat(browser.see("target-output", "Filesystem").getText()).isEqualTo("""
                Filesystem      Size  Used Avail Use% Mounted on
                /dev/sda1        40G   31G  7.1G  82% /
                tmpfs           7.8G     0  7.8G   0% /dev/shm
                /dev/sdb1       200G  118G   73G  62% /var/lib/postgresql""");
        assertThat(card.getText()).contains("Approved by alice");
        assertThat(state(card)).isEqualTo("succeeded");
        assertThat(browser.all("approve")).isEmpty();
    }

    @Test
    void whoMayNotApproveIsToldAndAColleagueIsOneClickAway() {
        openWide();
        say("restart nginx on all web servers");
        browser.see("approve").click();
        assertThat(browser.see("error").getText())
                .isEqualTo("alice may not approve this plan.\nOne of these people may: bob, carol.");
        assertThat(state(browser.see("plan-card"))).isEqualTo("pending");

        browser.see("act-as", "Act as bob").click();
        assertThat(new Select(browser.see("user-picker"))
                        .getFirstSelectedOption()
                        .getText())
                .isEqualTo("bob · may approve changes");
        browser.see("approve").click();

        WebElement result = browser.see("result");
        assertThat(result.getText()).contains("partial", "1 of 2 succeeded.");
        assertThat(browser.all("target").stream().map(target -> target.getDomAttribute("data-target")))
                .as("worst first")
                .containsExactly("web-server-02", "web-server-01");
        assertThat(browser.all("target").getFirst().getText())
                .contains("failed", "exit 1", "1.2 s", "The command ended with exit code 1.", "Job for nginx.service");
    }

    @Test
    void whatDestroysIsApprovedByTypingItsCodeWithEveryTargetInSight() {
        openWide();
        say("drop the old tables");
        browser.see("plan-card", "Drop tables");
        new Select(browser.see("user-picker")).selectByValue("bob");
        browser.see("approve").click();
        assertThat(browser.see("destroyed").getText().lines())
                .hasSize(20)
                .contains("db-server-01 (production)", "db-server-20 (production)");
        browser.see("code").sendKeys("AAA-AAA" + Keys.ENTER);
        assertThat(browser.see("error").getText()).startsWith("what was typed is not the code of this plan");
        assertThat(state(browser.see("plan-card"))).isEqualTo("pending");

        String code = String.valueOf(browser.see("code").getDomAttribute("placeholder"));
        browser.see("code").clear();
        browser.see("code").sendKeys(code.toLowerCase(java.util.Locale.ROOT));
        browser.see("code-confirm").click();
        browser.see("plan-card", "Approved by bob; one more is needed");
    }

    @Test
    void whatChangedSinceItWasShownIsMadeAnewWithOneClick() {
        openWide();
        say("tail the changed log");
        browser.see("plan-card");
        new Select(browser.see("user-picker")).selectByValue("bob");
        browser.see("approve").click();
        browser.see("error", "this changed: the tool tail_log");
        browser.see("fresh").click();
        browser.see("plan-card", "Superseded by a newer plan: what was shown changed meanwhile");
        assertThat(browser.all("plan-card")).hasSize(2);
        browser.see("approve").click();
        browser.see("result");
    }

    @Test
    void whatWaitsForWhoeverActsIsListedWhereverItWasAskedFor() {
        openWide();
        say("restart nginx on all web servers");
        browser.see("plan-card");
        browser.see("new-conversation").click();
        assertThat(browser.all("waits-for-me")).isEmpty();
        new Select(browser.see("user-picker")).selectByValue("carol");
        browser.see("waits-for-me", "asked by alice").click();
        browser.see("approve").click();
        browser.see("result");
        browser.until(_ -> browser.all("waits-for-me").isEmpty() ? true : null);
    }

    @Test
    void aPlanWithoutTargetsSaysThatTheRunnerRunsIt() {
        openWide();
        say("look up example.com");
        assertThat(browser.see("plan-card").getText()).contains("Asked by alice · runs on the runner");
    }

    @Test
    void denyingAsksForAReasonAndShowsIt() {
        openWide();
        say("restart nginx, then check it");
        browser.see("deny").click();
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(browser.see("deny-reason"));
        browser.see("deny-reason").sendKeys("not during the sale" + Keys.ENTER);
        assertThat(browser.see("plan-card", "Denied").getText()).contains("Denied by alice: not during the sale");
        assertThat(counterpart.calls().getLast()).contains("\"reason\":\"not during the sale\"");

        new Actions(browser.driver()).sendKeys("help").perform();
        assertThat(browser.see("message-input").getDomProperty("value"))
                .as("typed while the focus was on the denied plan")
                .isEqualTo("help");
    }

    @Test
    void aCommandIsCopiedAsItIsHoweverItsLinesBreak() {
        browser.open(counterpart.uri().resolve("/"), 360, 740);
        say("restart nginx, then check it");
        browser.see("command", "curl");
        browser.driver()
                .executeScript("getSelection().selectAllChildren(document.querySelectorAll('.command-text')[1])");
        assertThat(browser.value("getSelection().toString()"))
                .isEqualTo("curl --silent --show-error --fail --max-time 10 --output /dev/null --write-out"
                        + " '%{http_code} %{time_total}s\\n'"
                        + " http://web-server-01.internal.example.net/health?probe=opsconductor&detail=full");
    }

    @Test
    void twoApprovalsAreCounted() {
        openWide();
        new Select(browser.see("user-picker")).selectByValue("bob");
        say("restart nginx with two approvals");
        browser.see("approve").click();
        browser.see("plan-card", "Approved by bob; one more is needed");
        new Select(browser.see("user-picker")).selectByValue("carol");
        browser.see("approve").click();
        browser.see("plan-card", "Approved by bob and carol");
        browser.see("result");
    }

    @Test
    void aChoiceIsClickedAndSentAsAMessage() {
        openWide();
        say("check disk space");
        browser.see("question", "Which target?");
        browser.see("question-choice", "web-server-01").click();
        browser.see("plan-card", "Check disk space on web-server-01");
        assertThat(counterpart.calls().getLast())
                .contains("\"conversation\":\"c1\"", "\"text\":\"check disk space on web-server-01\"");
        assertThat(browser.see("question-choice", "web-server-01").isEnabled()).isFalse();
    }

    @Test
    void anErrorIsToldInWordsWithItsChoices() {
        openWide();
        say("check disk space on web-server-99");
        assertThat(browser.see("error").getText())
                .isEqualTo("There is no target called web-server-99.\n"
                        + "Did you mean one of these? hosts lists all of them.\nweb-server-01\nweb-server-02");
        browser.see("question-choice", "web-server-01").click();
        browser.see("plan-card", "Check disk space on web-server-01");
    }

    @Test
    void whatRunsShowsItsProgressAndCanBeCancelled() {
        openWide();
        say("follow the log");
        browser.see("approve").click();
        WebElement execution = browser.see("execution", "30 lines so far, the last 12:");
        assertThat(execution.getText()).contains("running", "0 of 2 targets done", "GET /health 200 30");
        assertThat(state(browser.see("plan-card"))).isEqualTo("running");
        browser.see("cancel").click();
        assertThat(browser.see("result").getText()).contains("cancelled", "Cancelled; what was running was ended.");
    }

    @Test
    void everythingIsDoneByKeyboardAlone() {
        openWide();
        Actions keys = new Actions(browser.driver());
        keys.sendKeys("first line")
                .keyDown(Keys.SHIFT)
                .sendKeys(Keys.ENTER)
                .keyUp(Keys.SHIFT)
                .perform();
        assertThat(browser.see("message-input").getDomProperty("value")).isEqualTo("first line\n");
        assertThat(counterpart.calls()).isEmpty();
        keys.keyDown(Keys.CONTROL).sendKeys("a").keyUp(Keys.CONTROL).perform();
        keys.sendKeys("check disk space on web-server-01", Keys.ENTER).perform();
        browser.see("approve");

        tabBackTo("approve");
        assertThat(browser.value("getComputedStyle(document.activeElement).outlineStyle"))
                .as("the focus can be seen")
                .isEqualTo("solid");
        keys.sendKeys(Keys.ENTER).perform();
        browser.see("result");
        browser.until(d -> "plan-card".equals(focused()) ? true : null);
    }

    private void tabBackTo(String testid) {
        Actions keys = new Actions(browser.driver());
        for (int presses = 0; presses < 20 && !testid.equals(focused()); presses++) {
            keys.keyDown(Keys.SHIFT).sendKeys(Keys.TAB).keyUp(Keys.SHIFT).perform();
        }
        assertThat(focused()).isEqualTo(testid);
    }

    private String focused() {
        return String.valueOf(browser.value("document.activeElement.dataset.testid"));
    }

    @Test
    void aPhoneNeverScrollsSideways() {
        browser.open(counterpart.uri().resolve("/"), 360, 740);
        for (String text :
                new String[] {"tail the log", "restart nginx, then check it", "hostile", "drop the old tables"}) {
            say(text);
            browser.see("plan-card");
        }
        browser.see("plan-card", "Drop tables");
        browser.all("edit").getFirst().click();
        browser.see("edit-form");
        browser.driver()
                .findElements(By.cssSelector("[data-effect=change] .approve"))
                .getLast()
                .click();
        browser.see("result");
        say("disk of the web servers");
        browser.see("plan-card", "20 web servers");
        browser.all("approve").getLast().click();
        browser.see("reading-table");
        assertThat(browser.value("document.documentElement.scrollWidth")).isEqualTo("360");
        assertThat(browser.value("document.getElementById('thread-scroll').scrollWidth"
                        + " - document.getElementById('thread-scroll').clientWidth"))
                .isEqualTo("0");
        browser.driver().findElement(By.id("menu")).click();
        browser.until(d ->
                d.findElement(By.cssSelector("[data-testid=new-conversation]")).isDisplayed() ? true : null);
    }

    @Test
    void hostileTextIsShownAsTextAndInvisibleCharactersAreShown() {
        openWide();
        say("hostile");
        browser.see("approve").click();
        WebElement result = browser.see("result");
        assertThat(browser.see("plan-card").getText()).contains(HOSTILE, "\\u{1B}[2J");
        assertThat(result.getText())
                .contains(HOSTILE, "red: \\u{1B}[31mred\\u{1B}[0m\\u{202E}esrever", "\\u{1B}]0;owned\\u{7}bell");
        assertThat(browser.value("document.querySelectorAll('main img').length"))
                .isEqualTo("0");
        assertThat(browser.driver().getTitle()).doesNotContain("owned");
    }

    @Test
    void aHundredThousandLinesAreFoldedAndUnfoldQuickly() {
        openWide();
        say("long log");
        WebElement showAll = browser.see("show-all", "Show all 100,000 lines");
        assertThat(browser.see("target-output", "request 1 ").getText().lines()).hasSize(16);
        showAll.click();
        browser.until(d -> browser.value("document.querySelectorAll('.unfolded pre').length")
                        .equals("200")
                ? true
                : null);
        assertThat(browser.value("document.querySelector('.unfolded pre:last-child').textContent.endsWith("
                        + "'request 100000 took 90 ms')"))
                .isEqualTo("true");
        assertThat(browser.value("document.querySelector('.unfolded').clientHeight <= innerHeight * 0.71"))
                .isEqualTo("true");
    }

    @Test
    void aFloodOfLiveOutputLeavesThePageUsable() {
        openWide();
        say("flood");
        browser.see("execution", "100,000 lines so far, the last 12:");
        say("help");
        browser.see("thread", "I can run these tools.");
    }

    @Test
    void aLostConnectionIsToldAndResumesWhereItWas() {
        openWide();
        say("check disk space on web-server-01");
        browser.see("plan-card");
        counterpart.goAway();
        browser.see("connection-banner", "The connection to OpsConductor is lost.");
        counterpart.comeBack();
        browser.until(d -> browser.see("connection-banner").isDisplayed() ? null : true);
        counterpart.say("c1", "Still here.");
        browser.see("thread", "Still here.");
        assertThat(browser.all("plan-card")).hasSize(1);
        assertThat(browser.driver().findElements(By.cssSelector(".entry.person")))
                .hasSize(1);
    }

    @Test
    void aReloadGoesOnInTheConversationOfTheAddress() {
        openWide();
        say("check disk space on web-server-01");
        browser.see("approve").click();
        browser.see("result");
        browser.until(d -> String.valueOf(d.getCurrentUrl()).endsWith("/#c1") ? true : null);
        browser.driver().navigate().refresh();
        browser.see("result", "check_disk_space succeeded on web-server-01.");
        assertThat(state(browser.see("plan-card"))).isEqualTo("succeeded");

        browser.see("new-conversation").click();
        browser.see("suggestions", "check disk space on web-server-01");
        assertThat(browser.all("plan-card")).isEmpty();
        browser.driver().navigate().back();
        browser.see("result", "check_disk_space succeeded on web-server-01.");
    }

    @Test
    void aMessageThatIsRefusedStaysInTheBoxWithTheReason() {
        openWide();
        browser.driver().executeScript("document.getElementById('message').value = 'x'.repeat(4001)");
        browser.see("send").click();
        assertThat(browser.see("error").getText())
                .isEqualTo("The message has 4001 characters; 4000 are allowed.\nShorten it.");
        assertThat(browser.value("document.getElementById('message').value.length"))
                .isEqualTo("4001");
    }

    @Test
    void anUnknownConversationIsToldWithAWayOut() {
        browser.open(URI.create(counterpart.uri() + "/#c77"), 1200, 900);
        browser.see("error", "There is no conversation c77.");
    }

    @Test
    void aConversationThatBeginsLaterIsFollowedSoon() {
        browser.open(URI.create(counterpart.uri() + "/#c78"), 1200, 900);
        browser.see("error", "There is no conversation c78.");
        counterpart.begin("c78");
        long start = System.nanoTime();
        say("help");
        browser.see("thread", "I can run these tools.");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(browser.all("error")).isEmpty();
        assertThat(browser.driver().findElements(By.cssSelector(".entry.person")))
                .hasSize(1);
    }

    @Test
    void onesOwnPlanIsEditedByKeyboardAndTheNewCardHasTheFocus() {
        openWide();
        say("tail the log");
        browser.see("edit");
        tabBackTo("edit");
        Actions keys = new Actions(browser.driver());
        keys.sendKeys(Keys.ENTER).perform();
        WebElement form = browser.see("edit-form");
        assertThat(form.getText()).contains("path", "The log file, such as /var/log/syslog", "from 1 to 1000");
        browser.until(d -> "path".equals(browser.value("document.activeElement.dataset.field")) ? true : null);
        keys.sendKeys(Keys.TAB).sendKeys("x").sendKeys(Keys.ENTER).perform();
        browser.see("field-wrong", "Expected a whole number, found \"x\".");
        assertThat(browser.value("document.activeElement.dataset.field")).isEqualTo("lines");
        assertThat(browser.value("document.activeElement.getAttribute('aria-invalid')"))
                .isEqualTo("true");
        keys.keyDown(Keys.CONTROL).sendKeys("a").keyUp(Keys.CONTROL).perform();
        keys.sendKeys("100", Keys.ENTER).perform();
        browser.see("plan-card", "Tail log /var/log/syslog on 2 targets, 100 lines");
        browser.until(d ->
                browser.value("document.activeElement.textContent").toString().contains("100 lines") ? true : null);
        assertThat(counterpart.calls().getLast()).contains("\"values\":{\"0.lines\":\"100\"}");
        WebElement old = browser.all("plan-card").getFirst();
        assertThat(old.getText()).contains("Edited by alice: decide about the newer plan.");
        assertThat(state(old)).isEqualTo("superseded");
    }

    @Test
    void leavingTheFormGoesBackToTheButton() {
        openWide();
        say("tail the log");
        browser.see("edit").click();
        browser.see("edit-form");
        new Actions(browser.driver()).sendKeys(Keys.ESCAPE).perform();
        browser.until(d -> "edit".equals(focused()) ? true : null);
        assertThat(browser.all("edit-form")).isEmpty();
    }

    @Test
    void onlyWhoeverAskedIsOfferedToEditAndWithdraw() {
        openWide();
        say("tail the log");
        browser.see("withdraw");
        new Select(browser.see("user-picker")).selectByValue("bob");
        browser.see("approve");
        assertThat(browser.all("edit")).isEmpty();
        assertThat(browser.all("withdraw")).isEmpty();
        new Select(browser.see("user-picker")).selectByValue("alice");
        browser.see("withdraw").click();
        assertThat(browser.see("plan-card", "Cancelled by alice. Nothing ran.").getText())
                .doesNotContain("Expires in");
    }

    @Test
    void howAPlanRunsIsSaidOnItsCardAndItsDryRunIsAPlanBesideIt() {
        openWide();
        say("restart nginx one by one");
        browser.see("step-how", "One target at a time, 30 s between, stops when one fails.");
        browser.see("dry-run", "Dry run").click();
        browser.until(d -> browser.all("plan-card").size() == 2 ? true : null);
        assertThat(counterpart.calls().getLast()).endsWith("/dry-run {\"user\":\"alice\"}");
        browser.until(d -> "plan-card".equals(focused()) ? true : null);
        assertThat(browser.all("plan-card").getLast().getText()).contains("systemctl is-active nginx");
        assertThat(state(browser.all("plan-card").getFirst())).isEqualTo("pending");

        new Select(browser.see("user-picker")).selectByValue("bob");
        browser.all("approve").getFirst().click();
        browser.see("waiting", "Waits 30 s before batch 2 of 2.");
    }

    @Test
    void whoeverAskedSaysWhyAPlanCannotWaitAndThePageMarksThePlanThatTheyApproveAlone() {
        openWide();
        say("restart nginx in an emergency");
        assertThat(browser.see("plan-card", "Step 2: 2 of dbas (bob or carol) must approve.")
                        .getText())
                .contains("Step 1: may be approved by bob.");
        new Select(browser.see("user-picker")).selectByValue("bob");
        browser.see("approve");
        assertThat(browser.all("break-glass-ask")).isEmpty();

        new Select(browser.see("user-picker")).selectByValue("alice");
        browser.see("break-glass-ask", "Break glass").click();
        browser.see("break-glass-confirm").click();
        assertThat(browser.all("plan-card")).as("a reason is needed").hasSize(1);
        browser.see("break-glass-reason").sendKeys("it burns");
        browser.see("break-glass-confirm").click();
        assertThat(browser.see("break-glass").getText())
                .isEqualTo("Break glass: nobody else approves this. The reason: it burns");
    }

    @Test
    void whatTheOutputsSayStandsAboveThemAsATableWithWhatToAskNext() {
        openWide();
        say("disk of the web servers");
        browser.see("approve").click();
        assertThat(browser.see("reading-sentence").getText())
                .isEqualTo("Fullest: / on web-02, 97% used, 1.2G free; 1 other at 80% or more, 18 below.");
        WebElement table = browser.see("reading-table");
        assertThat(table.getText().replaceAll("\\s+", " "))
                .startsWith("target file system in use free used size web-02 / 97% 1.2G 38G 40G web-07");
        assertThat(table.findElements(By.cssSelector("tbody tr"))).hasSize(12);
        assertThat(browser.see("result").getText()).contains("and 8 more rows");
        assertThat(browser.value("document.querySelector('[data-testid=reading-table] .bar > span').style.width"))
                .isEqualTo("97%");
        assertThat(browser.value("document.querySelector('[data-testid=reading-table]')"
                        + ".compareDocumentPosition(document.querySelector('[data-testid=target-output]'))"
                        + " & Node.DOCUMENT_POSITION_FOLLOWING"))
                .isEqualTo("4");

        browser.see("show-all-rows", "Show all 20").click();
        assertThat(table.findElements(By.cssSelector("tbody tr"))).hasSize(20);
        assertThat(table.getText()).contains(HOSTILE);
        assertThat(browser.driver().findElements(By.cssSelector("[data-testid=reading-table] img")))
                .isEmpty();

        browser.see("next-step", "show the biggest directories on web-02").click();
        browser.until(d -> counterpart.calls().getLast().contains("show the biggest directories") ? true : null);
        assertThat(counterpart.calls().getLast())
                .contains("/chat/messages")
                .contains("\"user\":\"alice\"")
                .contains("\"text\":\"show the biggest directories on web-02\"");
        assertThat(browser.see("next-step").isEnabled()).isFalse();
    }

    @Test
    void whatElseARequestMayHaveMeantIsSaidByAClickAndRunsNothing() {
        openWide();
        say("disk of the web servers");
        browser.see("instead", "Only web-server-01").click();
        browser.until(d -> browser.all("plan-card").size() == 2 ? true : null);
        assertThat(counterpart.calls().getLast())
                .contains("/chat/messages")
                .contains("\"text\":\"tool: check_disk_space on web-server-01\"");
        assertThat(state(browser.all("plan-card").getLast())).isEqualTo("pending");
    }

    @Test
    void aPictureStandsBetweenWhatTheOutputsSayAndTheirTableAlsoOnANarrowPage() {
        browser.open(counterpart.uri().resolve("/"), 360, 740);
        say("disk of the web servers");
        WebElement other = browser.see("instead", "Only web-server-01");
        assertThat(browser.value("document.documentElement.scrollWidth")).isEqualTo("360");
        browser.see("approve").click();
        WebElement picture = browser.see("reading-picture");
        assertThat(other.isDisplayed()).isFalse();
        assertThat(picture.getDomAttribute("alt"))
                .isEqualTo(
                        "Fullest file system of each target. Fullest: / on web-02, 97% used, 1.2G free; 1 other at 80% or"
                                + " more, 18 below.");
        browser.until(d -> browser.value("document.querySelector('[data-testid=reading-picture]').naturalWidth")
                        .equals("1440")
                ? true
                : null);
        assertThat(browser.value("document.documentElement.scrollWidth")).isEqualTo("360");
        assertThat(browser.value("document.querySelector('[data-testid=reading-picture]')"
                        + ".compareDocumentPosition(document.querySelector('[data-testid=reading-table]'))"
                        + " & Node.DOCUMENT_POSITION_FOLLOWING"))
                .isEqualTo("4");
    }

    @Test
    void whatRanIsRunAgainOnceItIsApproved() {
        openWide();
        say("tail the log");
        new Select(browser.see("user-picker")).selectByValue("bob");
        browser.see("approve").click();
        browser.see("rerun-failed", "Run again on 1 failed").click();
        browser.until(d -> browser.all("plan-card").size() == 2 ? true : null);
        assertThat(counterpart.calls().getLast()).endsWith("/rerun {\"user\":\"bob\",\"targets\":\"failed\"}");
        browser.until(d -> "plan-card".equals(focused()) ? true : null);
        assertThat(state(browser.all("plan-card").getLast())).isEqualTo("pending");

        new Select(browser.see("user-picker")).selectByValue("carol");
        browser.see("rerun-all", "Run again").click();
        browser.see("error", "carol may not do that.");
    }

    @Test
    void nothingIsLoadedFromElsewhereAndThePolicyIsNotViolated() {
        openWide();
        say("help");
        browser.see("thread", "check_disk_space");
        assertThat(browser.value(
                        "performance.getEntriesByType('resource').every(r => r.name.startsWith(location.origin))"))
                .isEqualTo("true");
        assertThat(browser.driver().manage().logs().get(LogType.BROWSER).getAll())
                .noneMatch(entry -> entry.getMessage().contains("Content Security Policy")
                        || entry.getMessage().contains("Uncaught"));
    }

    @Test
    void newMessagesAreSpokenAndStreamingOutputIsNot() {
        openWide();
        say("help");
        browser.until(d -> browser.value("document.getElementById('announcer').textContent")
                        .toString()
                        .contains("OpsConductor: I can run these tools.")
                ? true
                : null);
        assertThat(browser.see("thread").getDomAttribute("aria-live")).isEqualTo("off");
    }
}
