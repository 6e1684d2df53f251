package io.rapport.bench.load;

import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The customers of one run: registered through the API, each with one identity and a full profile.
 */
public final class Customers {
    /** The source of their identities. */
    public static final String SOURCE = "bench";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<UUID> ids;

    private Customers(List<UUID> ids) {
        this.ids = ids;
    }

    /** Registers so many. Not on the loop. */
    public static Customers register(LoadClient client, LocalPorts ports, int callers, int count) {
        int port = ports.http(ServiceName.CUSTOMER);
        List<JsonObject> answers =
                new Rounds(client, callers)
                        .sendAll(
                                count,
                                index ->
                                        Call.put(
                                                port,
                                                "/customers/by/" + SOURCE + "/" + externalId(index),
                                                profile(index)));
        return new Customers(
                answers.stream().map(answer -> UUID.fromString(answer.getString("id"))).toList());
    }

    /** Returns when a service's own copy holds them all. */
    public void awaitKnownTo(Stack stack, ServiceName service) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Connection connection = stack.postgres().connectAsSuperuser(service.database());
                PreparedStatement count =
                        connection.prepareStatement(
                                "SELECT count(*) FROM directory_identity WHERE source = ?")) {
            count.setString(1, SOURCE);
            while (number(count) < ids.size()) {
                if (System.nanoTime() > deadline) {
                    throw new CannotGoOn(
                            service.label() + " has not heard of all customers after a minute.");
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    private static long number(PreparedStatement count) throws SQLException {
        try (ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    public int count() {
        return ids.size();
    }

    public UUID id(int index) {
        return ids.get(index);
    }

    /** As a partner names the customer. */
    public String reference(int index) {
        return SOURCE + ":" + externalId(index);
    }

    /** Any of them, each as likely as the other. */
    public int any() {
        return ThreadLocalRandom.current().nextInt(ids.size());
    }

    /** What that source calls one of them. */
    public static String externalId(int index) {
        return "c%06d".formatted(index);
    }

    private static String profile(int index) {
        return """
        {"kind":"PERSON","displayName":"Customer %1$d","givenName":"Given %1$d","familyName":"Family %1$d",\
        "language":"en-GB","timeZone":"Europe/London","country":"GB"}\
        """
                .formatted(index);
    }
}
