package io.opsconductor.brain.outputs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Ports that a machine listens on: {@code ss -tln} and {@code netstat -tln}, with {@code u} and {@code p} or without. */
final class Listening implements Kind<Listening.Sockets> {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern HEADER = Pattern.compile("(?:Netid\\s+)?State\\s+Recv-Q\\s.*|Proto\\s+Recv-Q\\s.*");
    private static final Pattern PREAMBLE = Pattern.compile("Active Internet connections .{1,40}|\\(.{1,200}\\)");
    private static final Pattern LOCAL = Pattern.compile("(\\S{1,60}):(\\d{1,5})");
    private static final Pattern LISTENS = Pattern.compile("LISTEN|UNCONN");
    private static final Pattern PROTOCOL = Pattern.compile("(tcp|udp)6?");
    private static final Pattern USERS = Pattern.compile("users:\\(\\(\"([^\"]{1,60})\",pid=\\d{1,10}.*");
    private static final Pattern PROGRAM = Pattern.compile("\\d{1,10}/(\\S{1,60})");
    private static final Pattern LOOPBACK = Pattern.compile("127\\..*|\\[?::1]?|localhost");
    private static final int MOST_PORT = 65_535;
    private static final int NAMED = 8;
    private static final List<String> COLUMNS = List.of("target", "port", "protocol", "address", "process");

    /**
     * A port that is listened on.
     *
     * @param protocol {@code tcp} or {@code udp}
     * @param process its name; empty when it is not said
     */
    record Socket(int port, String protocol, String address, String process) {
        boolean isLocal() {
            return LOOPBACK.matcher(address.replaceAll("%.*", "")).matches();
        }
    }

    /** By port. */
    record Sockets(List<Socket> all) {
        Sockets {
            all = List.copyOf(all);
        }

        private List<String> ports(boolean local) {
            TreeSet<Integer> open = all.stream()
                    .filter(socket -> !socket.isLocal())
                    .map(Socket::port)
                    .collect(Collectors.toCollection(TreeSet::new));
            TreeSet<Integer> closed = all.stream()
                    .filter(Socket::isLocal)
                    .map(Socket::port)
                    .filter(port -> !open.contains(port))
                    .collect(Collectors.toCollection(TreeSet::new));
            return (local ? closed : open)
                    .stream().map(port -> Integer.toString(port)).toList();
        }
    }

    @Override
    public Optional<Sockets> read(Written output) {
        List<String> lines = output.lines().stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !PREAMBLE.matcher(line).matches())
                .toList();
        if (lines.isEmpty()
                || output.exitCode() != 0
                || !HEADER.matcher(lines.getFirst()).matches()) {
            return Optional.empty();
        }
        List<Socket> sockets = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Optional<Socket> socket = socket(BLANKS.split(line, -1));
            if (socket.isEmpty()) {
                return Optional.empty();
            }
            sockets.add(socket.get());
        }
        sockets.sort(Comparator.comparingInt(Socket::port).thenComparing(Socket::protocol));
        return Optional.of(new Sockets(sockets));
    }

    /** One line; empty for one that is not surely of a port that is listened on. */
    private static Optional<Socket> socket(String[] cells) {
        String protocol = "tcp";
        String address = "";
        int port = -1;
        String process = "";
        boolean listens = false;
        for (int at = 0; at < cells.length; at++) {
            Matcher name = PROTOCOL.matcher(cells[at]);
            Matcher local = LOCAL.matcher(cells[at]);
            Matcher users = USERS.matcher(cells[at]);
            Matcher program = PROGRAM.matcher(cells[at]);
            if (at == 0 && name.matches()) {
                protocol = name.group(1);
                listens = protocol.equals("udp");
            } else if (LISTENS.matcher(cells[at]).matches()) {
                listens = true;
                protocol = cells[at].equals("UNCONN") ? "udp" : protocol;
            } else if (port < 0 && local.matches()) {
                address = local.group(1);
                port = Integer.parseInt(local.group(2));
            } else if (users.matches() || program.matches()) {
                process = users.matches() ? users.group(1) : program.group(1);
            }
        }
        return listens && port > 0 && port <= MOST_PORT
                ? Optional.of(new Socket(port, protocol, address, process))
                : Optional.empty();
    }

    @Override
    public Seen seen(Sockets one) {
        return new Seen(Level.OK, null, List.of());
    }

    @Override
    public Laid laid(String what, List<Of<Sockets>> all, boolean alone) {
        String sentence = all.stream()
                .limit(NAMED)
                .map(one -> one.subject() + " " + said(one.value()))
                .collect(Collectors.joining("; "));
        String more = all.size() > NAMED ? "; and " + Phrases.others(all.size() - NAMED) : "";
        List<ReadTable.Row> rows = all.stream()
                .flatMap(one -> one.value().all().stream().map(socket -> row(one.subject(), socket, alone)))
                .toList();
        Optional<ReadTable> table = rows.isEmpty()
                ? Optional.empty()
                : Optional.of(ReadTable.of(alone ? COLUMNS.subList(1, COLUMNS.size()) : COLUMNS, -1, rows));
        return new Laid(sentence + more, table);
    }

    private static String said(Sockets sockets) {
        List<String> open = sockets.ports(false);
        List<String> local = sockets.ports(true);
        String inside = local.isEmpty() ? "" : "on " + Phrases.some(local, NAMED) + " for itself alone";
        if (open.isEmpty()) {
            return local.isEmpty() ? "listens on no port" : "listens " + inside;
        }
        return "listens on " + Phrases.some(open, NAMED) + (local.isEmpty() ? "" : ", and " + inside);
    }

    private static ReadTable.Row row(String subject, Socket socket, boolean alone) {
        List<String> cells = new ArrayList<>(
                List.of(Integer.toString(socket.port), socket.protocol, socket.address, socket.process));
        if (!alone) {
            cells.addFirst(subject);
        }
        return new ReadTable.Row(cells, null, Level.OK);
    }
}
