package io.rapport.bench.patching;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.rapport.bench.load.Customers;
import io.rapport.bench.load.JdbcWork;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Patches any customer as customer-service does: reads it, then writes its next version, the place
 * in its history, the snapshot and the event in one transaction.
 */
final class RawPatch implements JdbcWork {
    private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    private static final String CORRELATION = "0af7651916cd43dd8448eb211c80319c";

    // Columns of the select, which are parameters of the update in the same order.
    private static final int STATUS = 2;
    private static final int OCCUPATION = 12;
    private static final int STAGE = 13;
    private static final int VALUES = 14;
    private static final int TAGS = 15;
    private static final int LIFE_EVENTS = 16;
    private static final int CONTACT_POINTS = 17;
    private static final int IDENTITIES = 21;
    private static final int VERSION = 24;

    private final Connection connection;
    private final Customers customers;
    private final PreparedStatement select;
    private final PreparedStatement update;
    private final PreparedStatement insertChange;
    private final PreparedStatement insertSnapshot;
    private final PreparedStatement insertEvent;

    RawPatch(Connection connection, Customers customers) throws SQLException {
        this.connection = connection;
        this.customers = customers;
        connection.setAutoCommit(false);
        this.select = connection.prepareStatement(PatchStatements.SELECT);
        this.update = connection.prepareStatement(PatchStatements.UPDATE);
        this.insertChange = connection.prepareStatement(PatchStatements.INSERT_CHANGE);
        this.insertSnapshot = connection.prepareStatement(PatchStatements.INSERT_SNAPSHOT);
        this.insertEvent = connection.prepareStatement(PatchStatements.INSERT_EVENT);
    }

    @Override
    public void once() throws SQLException {
        while (!patch(customers.id(customers.any()))) {
            // Another caller has patched the same customer in this moment.
            connection.rollback();
        }
        connection.commit();
    }

    private boolean patch(UUID customer) throws SQLException {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        String occupation = "Occupation " + NUMBER.incrementAndGet();
        select.setObject(1, customer);
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("customer " + customer + " is not there");
            }
            long version = row.getLong(VERSION) + 1;
            if (!update(row, customer, version, occupation, now)) {
                return false;
            }
            insertChange(customer, version, row.getString(OCCUPATION), occupation, now);
            insertSnapshot(customer, version, snapshot(row, occupation), now);
        }
        insertEvent(customer, now);
        return true;
    }

    private boolean update(
            ResultSet row, UUID customer, long version, String occupation, OffsetDateTime now)
            throws SQLException {
        for (int column = STATUS; column <= LIFE_EVENTS; column++) {
            switch (column) {
                case OCCUPATION -> update.setString(column - 1, occupation);
                case VALUES, TAGS -> update.setArray(column - 1, row.getArray(column));
                case STAGE, LIFE_EVENTS -> update.setString(column - 1, row.getString(column));
                default -> update.setObject(column - 1, row.getObject(column));
            }
        }
        update.setLong(LIFE_EVENTS, version);
        update.setObject(LIFE_EVENTS + 1, now);
        update.setObject(LIFE_EVENTS + 2, customer);
        update.setLong(LIFE_EVENTS + 3, version);
        return update.executeUpdate() == 1;
    }

    private void insertChange(
            UUID customer, long version, @Nullable String before, String after, OffsetDateTime now)
            throws SQLException {
        insertChange.setString(1, "local-bench");
        insertChange.setNull(2, Types.VARCHAR);
        insertChange.setString(3, CORRELATION);
        insertChange.setArray(4, array("uuid", customer));
        insertChange.setArray(5, array("bigint", version));
        insertChange.setArray(6, array("integer", 0));
        insertChange.setArray(7, array("text", "/occupation"));
        insertChange.setArray(8, array("text", before == null ? null : "\"" + before + "\""));
        insertChange.setArray(9, array("text", "\"" + after + "\""));
        insertChange.setArray(10, array("text", now.toString()));
        insertChange.executeUpdate();
    }

    private Array array(String type, @Nullable Object one) throws SQLException {
        return connection.createArrayOf(type, new @Nullable Object[] {one});
    }

    private static String snapshot(ResultSet row, String occupation) throws SQLException {
        return """
        {"status":"%s","kind":"%s","displayName":"%s","givenName":"%s","familyName":"%s","language":"%s",\
        "timeZone":"%s","country":"%s","occupation":"%s","contactPoints":%s,"identities":["%s"]}\
        """
                .formatted(
                        row.getString(STATUS),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10),
                        occupation,
                        row.getString(CONTACT_POINTS),
                        String.join("\",\"", (String[]) row.getArray(IDENTITIES).getArray()));
    }

    private void insertSnapshot(UUID customer, long version, String payload, OffsetDateTime now)
            throws SQLException {
        UUID id = IDS.generate();
        insertSnapshot.setObject(1, id);
        insertSnapshot.setString(2, "rapport.profiles.v1");
        insertSnapshot.setObject(3, customer);
        insertSnapshot.setString(4, "profiles-snapshot.v1");
        insertSnapshot.setObject(5, now);
        insertSnapshot.setNull(6, Types.BIGINT);
        insertSnapshot.setLong(7, version);
        causeAndPayload(insertSnapshot, 8, id, payload);
        insertSnapshot.executeUpdate();
    }

    private void insertEvent(UUID customer, OffsetDateTime now) throws SQLException {
        UUID id = IDS.generate();
        insertEvent.setObject(1, customer);
        insertEvent.setBoolean(2, false);
        insertEvent.setObject(3, id);
        insertEvent.setString(4, "rapport.customers.v1");
        insertEvent.setObject(5, customer);
        insertEvent.setString(6, "customer.changed.v1");
        insertEvent.setObject(7, now);
        causeAndPayload(insertEvent, 8, id, "{\"paths\":[\"/occupation\"]}");
        try (ResultSet inserted = insertEvent.executeQuery()) {
            if (!inserted.next()) {
                throw new SQLException("an event was not written");
            }
        }
    }

    private static void causeAndPayload(PreparedStatement insert, int from, UUID id, String payload)
            throws SQLException {
        insert.setString(from, CORRELATION);
        insert.setObject(from + 1, id);
        insert.setNull(from + 2, Types.OTHER);
        insert.setInt(from + 3, 0);
        insert.setString(from + 4, TRACE);
        insert.setString(from + 5, payload);
    }
}
