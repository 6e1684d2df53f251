package io.rapport.local.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ports of one stack: the usual ones, all shifted by the same offset. Everything listens on
 * 127.0.0.1 only. In a wired stack the services look for database and broker at ports of the
 * caller's, who passes on what arrives there; everybody else reaches both without.
 */
public record LocalPorts(int offset, boolean wired) {
    public static final String HOST = "127.0.0.1";
    private static final int HIGHEST_OFFSET = 50_000;

    /**
     * Stacks that lie so far apart, or several times, have no port in common, replicas included.
     */
    private static final int STEP = 300;

    /** Open until the program ends. */
    private static final Collection<ServerSocket> CLAIMS = new ConcurrentLinkedQueue<>();

    public LocalPorts {
        if (offset < 0 || offset > HIGHEST_OFFSET) {
            throw new CannotGoOn(
                    "--port-offset is a number from 0 to "
                            + HIGHEST_OFFSET
                            + ", not "
                            + offset
                            + ".");
        }
    }

    public LocalPorts(int offset) {
        this(offset, false);
    }

    /** The same in a wired stack. */
    public LocalPorts withWires() {
        return new LocalPorts(offset, true);
    }

    /**
     * An offset at which all ports are free now, and which is given to nobody else as long as this
     * program runs; below the range that the system gives to outgoing connections.
     */
    public static LocalPorts free() {
        for (int attempt = 0; attempt < 100; attempt++) {
            LocalPorts ports = new LocalPorts(STEP * ThreadLocalRandom.current().nextInt(7, 67));
            if (ports.claim() && ports.all().values().stream().noneMatch(LocalPorts::taken)) {
                return ports;
            }
        }
        throw new CannotGoOn("Found no free range of ports below 30000.");
    }

    /** Whoever looks at the same time finds a port taken before any part of a stack listens. */
    private boolean claim() {
        try {
            CLAIMS.add(new ServerSocket(5444 + offset, 1, InetAddress.getLoopbackAddress()));
            return true;
        } catch (IOException claimed) {
            return false;
        }
    }

    public int http(ServiceName service) {
        return 8080 + service.lastDigitOfPort() + offset;
    }

    public int management(ServiceName service) {
        return 9080 + service.lastDigitOfPort() + offset;
    }

    /** Where the same ports of a service's further processes lie, the first of which is 1. */
    static int ofReplica(int port, int number) {
        return port + 10 * number;
    }

    public int postgres() {
        return 5442 + offset;
    }

    public int kafka() {
        return 9192 + offset;
    }

    /** The broker's own quorum; nothing of ours connects to it. */
    int kafkaController() {
        return 9193 + offset;
    }

    /** Where the services of a wired stack look for the database, which is at {@link #postgres}. */
    public int postgresWire() {
        return 5443 + offset;
    }

    /** Where they look for the broker, which is at {@link #kafkaBehindWire}. */
    public int kafkaWire() {
        return 9194 + offset;
    }

    /** Whoever comes to the broker here is sent on to {@link #kafkaWire} by it. */
    public int kafkaBehindWire() {
        return 9195 + offset;
    }

    public String url(ServiceName service) {
        return "http://localhost:" + http(service);
    }

    public String bootstrapServers() {
        return HOST + ":" + kafka();
    }

    /** The broker as the services reach it. */
    String bootstrapServersOfServices() {
        return HOST + ":" + (wired ? kafkaWire() : kafka());
    }

    public String jdbcUrl(String database) {
        return jdbcUrl(postgres(), database);
    }

    /** The database as the services reach it. */
    String jdbcUrlOfServices(String database) {
        return jdbcUrl(wired ? postgresWire() : postgres(), database);
    }

    private static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
    }

    /** Every port with the name of what listens there. */
    public Map<String, Integer> all() {
        Map<String, Integer> all = new LinkedHashMap<>();
        for (ServiceName service : ServiceName.values()) {
            all.put(service.label(), http(service));
            all.put(service.label() + " management", management(service));
        }
        all.put("PostgreSQL", postgres());
        all.put("Kafka", kafka());
        all.put("Kafka's controller", kafkaController());
        if (wired) {
            all.put("PostgreSQL's wire", postgresWire());
            all.put("Kafka's wire", kafkaWire());
            all.put("Kafka behind the wire", kafkaBehindWire());
        }
        return all;
    }

    /** Refuses the first port that something else listens on, and says what to do. */
    void requireFree() {
        all().forEach(
                        (name, port) -> {
                            if (taken(port)) {
                                throw new CannotGoOn(
                                        "Port %d (%s) is taken: end what listens there, or move all ports with ./rapport up --port-offset %d"
                                                .formatted(port, name, offset + 100));
                            }
                        });
    }

    /** Whether somebody accepts connections there. */
    static boolean answers(int port) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static boolean taken(int port) {
        if (answers(port)) {
            return true;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException bound) {
            return true;
        }
    }
}
