package io.opsconductor.runner.step;

import io.opsconductor.runner.credential.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What passes between the runner and sudo until the command begins: one answer to one question. A second question means
 * that the answer was wrong, and is not answered: more attempts could lock the account.
 */
final class SudoDialogue {
    /** More than any lecture; whatever says more is not sudo. */
    private static final int MOST_SAID = 16 * 1024;

    private final String question;
    private final String began;
    private final @Nullable Secret password;
    private final StringBuilder said = new StringBuilder();
    private volatile boolean hasBegun;
    private final AtomicInteger questions = new AtomicInteger();

    /**
     * @param mark of the line, see {@link SudoLine}
     * @param password what the one question is answered with; null when there is nothing to answer with
     */
    SudoDialogue(String mark, @Nullable Secret password) {
        this.question = SudoLine.question(mark);
        this.began = SudoLine.began(mark);
        this.password = password;
    }

    /** Reads until the command begins, or until there is nothing more to read. */
    void follow(InputStream error, OutputStream input) throws IOException {
        for (int b = error.read(); b >= 0; b = error.read()) {
            if (b == '\r') {
                continue;
            }
            said.append((char) b);
            if (endsWith(began)) {
                said.setLength(said.length() - began.length());
                hasBegun = true;
                return;
            }
            if (endsWith(question)) {
                said.setLength(said.length() - question.length());
                answer(input);
            }
            if (said.length() > MOST_SAID) {
                return;
            }
        }
    }

    private void answer(OutputStream input) throws IOException {
        if (questions.incrementAndGet() > 1 || password == null) {
            input.close();
            return;
        }
        input.write(password.bytes());
        input.write('\n');
        input.flush();
    }

    boolean hasBegun() {
        return hasBegun;
    }

    /** Whether sudo asked again after it was answered. */
    boolean wasWrong() {
        return questions.get() > 1;
    }

    /** The last line of what sudo said, in UTF-8; empty when it said nothing. */
    String lastWords() {
        List<String> lines = new String(said.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.isEmpty() ? "" : lines.getLast();
    }

    private boolean endsWith(String text) {
        int from = said.length() - text.length();
        return from >= 0 && said.indexOf(text, from) == from;
    }
}
