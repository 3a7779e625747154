package io.opsconductor.chat.teams.token;

import com.fasterxml.jackson.databind.JsonNode;

/** Decides whether a request is believed. */
public interface SenderCheck {
    /**
     * @param authorization the request's header of that name; empty when it has none
     * @param activity the request's body, of which nothing is believed yet
     */
    Verdict check(String authorization, JsonNode activity) throws InterruptedException;
}
