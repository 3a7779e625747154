package io.opsconductor.counterpart.slack;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A thread of the assistant pane, in the direct conversation of a person and the app. */
public final class AssistantThread {
    private final Person person;
    private final Channel channel;
    private final String threadTs;
    private final List<String> statuses = new CopyOnWriteArrayList<>();
    private volatile List<String> prompts = List.of();
    private volatile String title = "";

    AssistantThread(Person person, Channel channel, String threadTs) {
        this.person = person;
        this.channel = channel;
        this.threadTs = threadTs;
    }

    public Person person() {
        return person;
    }

    public Channel channel() {
        return channel;
    }

    public String threadTs() {
        return threadTs;
    }

    /** Every status that was shown, the first one first; an empty one means that it was taken away. */
    public List<String> statuses() {
        return List.copyOf(statuses);
    }

    /** The messages of the suggested prompts. */
    public List<String> prompts() {
        return prompts;
    }

    public String title() {
        return title;
    }

    /** Writes in the thread. */
    public PostedMessage says(String text) {
        return person.saysInThread(channel, threadTs, text);
    }

    void status(String text) {
        statuses.add(text);
    }

    void prompts(List<String> messages) {
        prompts = List.copyOf(messages);
    }

    void title(String text) {
        title = text;
    }

    @Override
    public String toString() {
        return "assistant thread " + threadTs + " of " + person + ", title \"" + title + "\", statuses " + statuses
                + ", prompts " + prompts;
    }
}
