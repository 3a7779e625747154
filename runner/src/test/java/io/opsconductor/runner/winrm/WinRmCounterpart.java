package io.opsconductor.runner.winrm;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A WinRM service on a port of this machine. */
public final class WinRmCounterpart implements AutoCloseable {
    /** What Windows reads in one message, at most. */
    private static final int MAX_MESSAGE_BYTES = 512_000;

    private final Settings settings;
    private final ServerSocket listener;
    private final CounterpartShells shells;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, Reaction> reactions = new ConcurrentHashMap<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();

    /**
     * How it is set up.
     *
     * @param sockets plain ones, or TLS
     * @param tls whether those are TLS
     * @param schemes what it offers: {@code Basic}, {@code Negotiate}
     * @param passwords by account name in small letters, without a domain
     * @param bindsChannel whether an NTLM login over TLS must belong to the TLS channel
     * @param kerberos the server's side of Kerberos; null for none
     * @param maxShells for each account
     * @param pieceBytes how much output it puts into one piece
     * @param runs whether it runs what it is sent, by bash; otherwise it keeps it, and answers nothing with exit code 0
     */
    public record Settings(
            ServerSocketFactory sockets,
            boolean tls,
            Set<String> schemes,
            Map<String, String> passwords,
            boolean bindsChannel,
            @Nullable Negotiation kerberos,
            int maxShells,
            int pieceBytes,
            boolean runs) {
        /** Over plain HTTP, with sealed messages only. */
        public static Settings plain(Map<String, String> passwords) {
            return new Settings(
                    ServerSocketFactory.getDefault(),
                    false,
                    Set.of("Negotiate"),
                    passwords,
                    false,
                    null,
                    30,
                    8_000,
                    true);
        }

        /** Over TLS. */
        public static Settings tls(ServerSocketFactory sockets, Map<String, String> passwords) {
            return new Settings(sockets, true, Set.of("Negotiate", "Basic"), passwords, true, null, 30, 8_000, true);
        }

        public Settings withPieces(int bytes) {
            return new Settings(sockets, tls, schemes, passwords, bindsChannel, kerberos, maxShells, bytes, runs);
        }

        /** For scripts that only a real PowerShell should run. */
        public Settings keepingOnly() {
            return new Settings(sockets, tls, schemes, passwords, bindsChannel, kerberos, maxShells, pieceBytes, false);
        }

        public Settings withMaxShells(int shells) {
            return new Settings(sockets, tls, schemes, passwords, bindsChannel, kerberos, shells, pieceBytes, runs);
        }

        public Settings withSchemes(Set<String> offered) {
            return new Settings(sockets, tls, offered, passwords, bindsChannel, kerberos, maxShells, pieceBytes, runs);
        }

        public Settings withKerberos(Negotiation server) {
            return new Settings(sockets, tls, schemes, passwords, bindsChannel, server, maxShells, pieceBytes, runs);
        }
    }

    /** The server's side of a login that takes several messages. */
    public interface Negotiation {
        /** A fresh one for a connection. */
        Exchange begin();

        /** One connection's. */
        interface Exchange {
            /** The answer to a token; null when it is refused. */
            byte @Nullable [] accept(byte[] token);

            boolean isIn();

            byte[] open(byte[] token, byte[] sealed);

            byte[][] seal(byte[] message);
        }
    }

    /** What it does in the place of a proper answer. */
    public sealed interface Reaction {}

    /** Closes the connection. */
    public record Hangup() implements Reaction {}

    /** Does not answer. */
    public record Silence() implements Reaction {}

    /** Answers this status with this body, in the clear. */
    public record Raw(int status, String body) implements Reaction {}

    /** Answers with this body as a proper, sealed message would be. */
    public record Sealed(int status, String body) implements Reaction {}

    public WinRmCounterpart(Settings settings) throws IOException {
        this.settings = settings;
        this.shells = new CounterpartShells(settings.maxShells(), settings.pieceBytes(), settings.runs());
        this.listener = settings.sockets().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("winrm-counterpart").start(this::listen);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** What it does at messages of this action from now on; by its last word, such as {@code Receive}. */
    public void at(String action, Reaction reaction) {
        reactions.put(action, reaction);
    }

    /** Why it refused logins, in order. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** How many times somebody tried to prove a password. */
    public int logins() {
        return logins.get();
    }

    /** How many connections there have been. */
    public int connections() {
        return accepted.get();
    }

    public CounterpartShells shells() {
        return shells;
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.add(socket);
                accepted.incrementAndGet();
                Thread.ofPlatform().daemon().name("winrm-connection").start(() -> serve(socket));
            } catch (IOException e) {
                // The test is over, or a greeting of TLS failed.
            }
        }
    }

    /** Refuses everybody. */
    private record NoKerberos() implements Negotiation.Exchange {
        @Override
        public byte @Nullable [] accept(byte[] token) {
            return null;
        }

        @Override
        public boolean isIn() {
            return false;
        }

        @Override
        public byte[] open(byte[] token, byte[] sealed) {
            return new byte[0];
        }

        @Override
        public byte[][] seal(byte[] message) {
            throw new IllegalStateException("nobody is logged in");
        }
    }

    /** What a connection knows about who is at its other end. */
    private final class Peer {
        private final NtlmServer ntlm;
        private final Negotiation.Exchange kerberos;

        Peer(byte[] binding) {
            ntlm = new NtlmServer(settings.passwords(), binding);
            Negotiation server = settings.kerberos();
            kerberos = server == null ? new NoKerberos() : server.begin();
        }

        boolean sealsByKerberos() {
            return kerberos.isIn();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Peer peer = new Peer(binding(socket));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                Map<String, String> head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                byte[] body = in.readNBytes(Integer.parseInt(head.getOrDefault("content-length", "0")));
                answer(head, body, peer, out);
            }
        } catch (IOException | RuntimeException e) {
            // The other side went away, or does not speak the protocol: so does this one.
        } finally {
            connections.remove(socket);
        }
    }

    /** What an NTLM login must carry that belongs to this channel (RFC 5929, MS-NLMP 2.2.2.1); empty for none. */
    private byte[] binding(Socket socket) throws IOException {
        if (!(socket instanceof SSLSocket tls)) {
            return new byte[0];
        }
        tls.startHandshake();
        if (!settings.bindsChannel()) {
            return new byte[0];
        }
        try {
            byte[] certificate = tls.getSession().getLocalCertificates()[0].getEncoded();
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            data.writeBytes("tls-server-end-point:".getBytes(StandardCharsets.US_ASCII));
            data.writeBytes(NtlmServer.digest("SHA-256", certificate));
            byte[] structure = new byte[20 + data.size()];
            structure[16] = (byte) data.size();
            System.arraycopy(data.toByteArray(), 0, structure, 20, data.size());
            return NtlmServer.digest("MD5", structure);
        } catch (CertificateEncodingException e) {
            throw new IOException(e);
        }
    }

    private static Map<String, String> head(InputStream in) throws IOException {
        Map<String, String> head = new TreeMap<>();
        String line = line(in);
        if (line.isEmpty()) {
            return head;
        }
        if (!line.startsWith("POST /wsman HTTP/1.1")) {
            throw new IOException("another request: " + line);
        }
        head.put("", line);
        for (String next = line(in); !next.isEmpty(); next = line(in)) {
            int colon = next.indexOf(':');
            head.put(
                    next.substring(0, colon).toLowerCase(Locale.ROOT),
                    next.substring(colon + 1).strip());
        }
        return head;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private void answer(Map<String, String> head, byte[] body, Peer peer, OutputStream out) throws IOException {
        if (body.length > MAX_MESSAGE_BYTES) {
            write(out, 413, List.of(), "text/plain", new byte[0]);
            return;
        }
        String authorization = head.getOrDefault("authorization", "");
        String scheme = authorization.contains(" ") ? authorization.substring(0, authorization.indexOf(' ')) : "";
        String credentials = authorization.substring(scheme.length()).strip();
        boolean basic = scheme.equals("Basic") && settings.schemes().contains("Basic");
        if ((scheme.equals("Negotiate") || scheme.equals("NTLM"))
                && settings.schemes().contains("Negotiate")) {
            if (!negotiate(scheme, Base64.getDecoder().decode(credentials), peer, out)) {
                return;
            }
        } else if (basic) {
            logins.incrementAndGet();
            String both = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            String name = both.substring(0, both.indexOf(':'));
            basic = both.substring(name.length() + 1)
                    .equals(settings.passwords().get(name.toLowerCase(Locale.ROOT)));
        }
        boolean in = peer.ntlm.isIn() || peer.sealsByKerberos();
        if (!basic && !in) {
            refuse(out);
            return;
        }
        if (body.length == 0) {
            // What a client sends only to log in.
            write(out, 200, List.of(), "text/plain", new byte[0]);
            return;
        }
        byte[] soap = body;
        boolean sealed = head.getOrDefault("content-type", "").startsWith("multipart/encrypted");
        if (!settings.tls() && !sealed) {
            // AllowUnencrypted is false.
            refuse(out);
            return;
        }
        if (sealed) {
            byte[][] parts = SealedParts.of(body);
            soap = peer.sealsByKerberos() ? peer.kerberos.open(parts[0], parts[1]) : peer.ntlm.open(parts[0], parts[1]);
            if (soap.length == 0) {
                refusals.add("a wrong signature");
                refuse(out);
                return;
            }
        }
        CounterpartShells.Reply reply;
        switch (reactions.get(CounterpartShells.action(soap))) {
            case null -> reply = shells.reply(soap);
            case Hangup _ -> throw new IOException("as told");
            case Silence _ -> {
                return;
            }
            case Raw(int status, String text) -> {
                write(out, status, List.of(), "text/xml", text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            case Sealed(int status, String text) -> reply = new CounterpartShells.Reply(status, text);
        }
        byte[] plain = reply.xml().getBytes(StandardCharsets.UTF_8);
        if (sealed) {
            byte[][] parts = peer.sealsByKerberos() ? peer.kerberos.seal(plain) : peer.ntlm.seal(plain);
            write(out, reply.status(), List.of(), SealedParts.TYPE, SealedParts.message(plain.length, parts));
        } else {
            write(out, reply.status(), List.of(), "application/soap+xml;charset=UTF-8", plain);
        }
    }

    /** True when the login is complete and the request may be answered. */
    private boolean negotiate(String scheme, byte[] token, Peer peer, OutputStream out) throws IOException {
        if (!new String(token, StandardCharsets.ISO_8859_1).startsWith("NTLMSSP")) {
            logins.incrementAndGet();
            byte[] answer = peer.kerberos.accept(token);
            if (answer == null) {
                refusals.add("no Kerberos login");
                refuse(out);
                return false;
            }
            write(
                    out,
                    peer.kerberos.isIn() ? 200 : 401,
                    List.of("Negotiate " + Base64.getEncoder().encodeToString(answer)),
                    "text/plain",
                    new byte[0]);
            return false;
        }
        if (token[8] == 1) {
            String challenge = Base64.getEncoder().encodeToString(peer.ntlm.challenge(token));
            write(out, 401, List.of(scheme + " " + challenge), "text/plain", new byte[0]);
            return false;
        }
        logins.incrementAndGet();
        if (!peer.ntlm.accepts(token, settings.tls())) {
            refusals.add(peer.ntlm.refusal());
            refuse(out);
            return false;
        }
        return true;
    }

    private void refuse(OutputStream out) throws IOException {
        List<String> offered = new ArrayList<>(settings.schemes());
        write(
                out,
                401,
                offered.stream()
                        .map(s -> s.equals("Basic") ? "Basic realm=\"WSMAN\"" : s)
                        .toList(),
                "text/plain",
                new byte[0]);
    }

    private static void write(OutputStream out, int status, List<String> challenges, String type, byte[] body)
            throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" X\r\n");
        challenges.forEach(c -> head.append("WWW-Authenticate: ").append(c).append("\r\n"));
        head.append("Content-Type: ").append(type).append("\r\nServer: Microsoft-HTTPAPI/2.0\r\nContent-Length: ");
        head.append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        out.write(all.toByteArray());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        shells.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
