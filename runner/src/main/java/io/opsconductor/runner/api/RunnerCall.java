package io.opsconductor.runner.api;

/** Every call of the API. What each answers to another tenant than the one whose things it names is tested, call by call. */
public enum RunnerCall {
    TOOLS("GET", "/tools"),
    TARGETS("GET", "/targets"),
    RIGHTS("POST", "/rights"),
    EXPLAIN("POST", "/policy/explain"),
    PREVIEW("POST", "/plans/preview"),
    CHECK_DECISION("POST", "/decisions/check"),
    EXECUTE("POST", "/execute-plan"),
    EXECUTIONS("GET", "/executions"),
    EXECUTION("GET", "/executions/{id}"),
    EVENTS("GET", "/executions/{id}/events"),
    CANCEL("POST", "/executions/{id}/cancel");

    private final String method;
    private final String path;

    RunnerCall(String method, String path) {
        this.method = method;
        this.path = path;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** As people write it: {@code GET /tools}. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
