package io.opsconductor.brain.routing;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ThreadWriting;

/** Is told of each result once. */
public interface ResultListener {
    /** In the transaction that tells the result, for what must not be lost between the two. */
    void telling(ThreadWriting thread, String conversation, ChatEvent.Result result);

    /** After it; must return at once. A process that is killed before it is not told again. */
    void told(String conversation, ChatEvent.Result result);

    /** Does nothing with them. */
    static ResultListener none() {
        return new ResultListener() {
            @Override
            public void telling(ThreadWriting thread, String conversation, ChatEvent.Result result) {}

            @Override
            public void told(String conversation, ChatEvent.Result result) {}
        };
    }
}
