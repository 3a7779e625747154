package io.opsconductor.chat.terminal;

import java.util.List;

/** Nobody is there to ask: the options decide, once. */
final class Unattended implements Person {
    private final Screen screen;
    private final Decision decision;

    Unattended(Screen screen, Decision decision) {
        this.screen = screen;
        this.decision = decision;
    }

    /** What the options {@code --approve}, {@code --approve-as} and {@code --deny} say. */
    static Decision ofOptions(boolean approve, boolean deny, List<String> approveAs, String user, String reason) {
        if (deny) {
            return new Decision.Deny(approveAs.isEmpty() ? user : approveAs.getFirst(), reason);
        }
        if (!approveAs.isEmpty()) {
            return new Decision.Approve(List.copyOf(approveAs), "");
        }
        return approve ? new Decision.Approve(List.of(user), "") : new Decision.Leave();
    }

    @Override
    public Decision decide(ChatEvent.Plan plan, String page, boolean again) {
        if (!plan.code().isEmpty() && decision instanceof Decision.Approve) {
            screen.print("Nothing ran: this cannot be undone, so its approvers type its code " + Style.line(plan.code())
                    + " at " + page + " or at a terminal.");
            return new Decision.Leave();
        }
        if (!again && !(decision instanceof Decision.Leave)) {
            return decision;
        }
        screen.print("Nothing ran: the plan waits for approval. Approve it at " + page + " or ask again with "
                + (again ? "" : "--approve, or with ") + "--approve-as NAME for somebody who may.");
        return new Decision.Leave();
    }

    @Override
    public void onInterrupt(Runnable action) {
        // Without a terminal Ctrl-C ends the process; what runs goes on and its result stays in the conversation.
    }
}
