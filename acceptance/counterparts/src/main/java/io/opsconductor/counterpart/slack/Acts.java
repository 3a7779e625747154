package io.opsconductor.counterpart.slack;

/** What people can do, and the parts that carry it out. */
final class Acts {
    private final Views views;
    private final Triggers triggers;
    private final Events events;
    private final Talking talking;
    private final Interactions interactions;
    private final ModalActs modals;
    private final AssistantActs assistant;

    Acts(World world, AppLines lines, Deliveries deliveries, ResponseUrls responseUrls, FileStore files) {
        this.views = new Views(world);
        this.triggers = new Triggers(world);
        this.events = new Events(world, deliveries);
        this.talking = new Talking(world, events, files);
        this.interactions = new Interactions(world, lines, triggers, responseUrls, views);
        this.modals = new ModalActs(world, lines, triggers, views, events);
        this.assistant = new AssistantActs(world, events);
    }

    Views views() {
        return views;
    }

    Triggers triggers() {
        return triggers;
    }

    Events events() {
        return events;
    }

    Talking talking() {
        return talking;
    }

    Interactions interactions() {
        return interactions;
    }

    ModalActs modals() {
        return modals;
    }

    AssistantActs assistant() {
        return assistant;
    }
}
