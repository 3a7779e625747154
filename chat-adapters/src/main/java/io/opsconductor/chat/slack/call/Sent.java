package io.opsconductor.chat.slack.call;

import okhttp3.Call;
import okhttp3.EventListener;

/** Notices whether a request began to leave. */
final class Sent extends EventListener {
    private volatile boolean began;

    boolean began() {
        return began;
    }

    @Override
    public void requestHeadersStart(Call call) {
        began = true;
    }
}
