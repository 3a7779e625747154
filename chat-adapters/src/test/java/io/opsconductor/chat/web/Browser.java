package io.opsconductor.chat.web;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium of its own, with the page's stable hooks ({@code data-testid}) as its vocabulary. */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path profile;
    private final ChromeDriver driver;

    public Browser() throws IOException {
        profile = Files.createTempDirectory("opsconductor-page-test");
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                        .build(),
                options);
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** Opens a page of its own storage and history, as wide as told. */
    public void open(URI page, int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        driver.get("about:blank");
        driver.get(page.toString());
        until(d -> d.findElements(By.cssSelector("[data-testid=user-picker] option"))
                        .isEmpty()
                ? null
                : true);
    }

    /** Waits for the last element of this hook whose text contains the words. */
    public WebElement see(String testid, String words) {
        return until(d -> {
            List<WebElement> all = all(testid).reversed();
            return all.stream()
                    .filter(element -> element.getText().contains(words))
                    .findFirst()
                    .orElse(null);
        });
    }

    public WebElement see(String testid) {
        return see(testid, "");
    }

    public List<WebElement> all(String testid) {
        return driver.findElements(By.cssSelector("[data-testid='" + testid + "']"));
    }

    public <T> T until(Function<WebDriver, @Nullable T> condition) {
        return new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .until(condition);
    }

    /** The value of a script's expression. */
    public Object value(String expression) {
        return String.valueOf(driver.executeScript("return " + expression));
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
