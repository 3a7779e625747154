package io.opsconductor.chat.web;

/** The web server cannot listen; the message is for whoever starts the chatbot. */
public final class PortTakenException extends RuntimeException {
    PortTakenException(String host, int port) {
        super("the chatbot cannot listen on " + host + ":" + port
                + ": another program uses the port, or the address is not of this machine; stop that program or set"
                + " OPSCONDUCTOR_CHATBOT_PORT to another port");
    }
}
