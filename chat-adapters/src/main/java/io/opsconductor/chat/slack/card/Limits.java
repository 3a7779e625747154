package io.opsconductor.chat.slack.card;

/**
 * What Slack takes, in one place. Lengths are in UTF-16 units, which is never less than what Slack counts. Sources are pages
 * of <a href="https://docs.slack.dev/reference/block-kit">docs.slack.dev/reference/block-kit</a> unless one is named.
 */
public final class Limits {
    /** Blocks of a message: {@code /blocks}. */
    public static final int MESSAGE_BLOCKS = 50;

    /** Blocks of a modal or of the App Home: {@code /reference/views}. */
    public static final int VIEW_BLOCKS = 100;

    /**
     * All blocks of one message together, in {@link BlockSize} units. Slack documents no number. Messages were refused
     * ({@code msg_blocks_too_long}) from 13,172 characters of text, and again with 11,341 characters of text in 17,694
     * characters of JSON (github.com/slackapi/bolt-js, numbers 2509 and 2867); none was with less than 13,200 of JSON.
     */
    public static final int MESSAGE_SIZE = 12_000;

    /** A text object: {@code /composition-objects/text-object}. Each text of a rich text block is held to it as well. */
    public static final int TEXT = 3_000;

    /** {@code text} of a message, which is what notifications read; more than 4,000 is advised against: {@code chat.postMessage}. */
    public static final int MESSAGE_TEXT = 3_000;

    /** {@code /blocks/header-block}. */
    public static final int HEADER = 150;

    /** {@code /blocks/actions-block}. */
    public static final int ACTIONS = 25;

    /** {@code /blocks/context-block}. */
    public static final int CONTEXT_ELEMENTS = 10;

    /** {@code /block-elements/button-element}. */
    public static final int BUTTON_LABEL = 75;

    /** {@code /block-elements/button-element}. */
    public static final int BUTTON_VALUE = 2_000;

    /** {@code /block-elements/button-element}. */
    public static final int URL = 3_000;

    /** {@code /composition-objects/confirmation-dialog-object}. */
    public static final int CONFIRM_TITLE = 100;

    public static final int CONFIRM_TEXT = 300;
    public static final int CONFIRM_BUTTON = 30;

    /** A modal's title and its buttons: {@code /reference/views/modal-views}. */
    public static final int VIEW_TITLE = 24;

    /** {@code /reference/views/modal-views}. */
    public static final int PRIVATE_METADATA = 3_000;

    /** {@code block_id}, {@code action_id} and {@code callback_id}. */
    public static final int ID = 255;

    /** Label and hint of an input: {@code /blocks/input-block}. */
    public static final int INPUT_LABEL = 2_000;

    /** {@code /block-elements/plain-text-input-element}. */
    public static final int INPUT_VALUE = 3_000;

    /** {@code /block-elements/plain-text-input-element}. */
    public static final int PLACEHOLDER = 150;

    /** {@code /block-elements/select-menu-element}. */
    public static final int OPTIONS = 100;

    /** {@code /composition-objects/option-object}. */
    public static final int OPTION_TEXT = 75;

    /** {@code /composition-objects/option-object}. */
    public static final int OPTION_VALUE = 150;

    private Limits() {}
}
