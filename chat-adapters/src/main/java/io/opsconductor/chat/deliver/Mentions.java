package io.opsconductor.chat.deliver;

/** How a person is named in a place in Slack. */
public interface Mentions {
    /**
     * A mention ({@code <@U024>}) when the person is a user of the place's workspace, else the person's name, escaped.
     *
     * @param identity platform-qualified
     */
    String of(String identity);
}
