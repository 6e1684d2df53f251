package io.rapport.bench.recording;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.rapport.bench.load.Customers;
import io.rapport.bench.load.JdbcWork;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records a purchase in one transaction, as interaction-service does after it has found the
 * customer: claim and interaction, then sequence and event. The rows are those of a real purchase,
 * and their events go out like any other.
 */
final class RawPurchase implements JdbcWork {
    private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final String TOPIC = "rapport.interactions.v1";
    private static final String TYPE = "interaction.recorded.v1";

    private final Connection connection;
    private final Customers customers;
    private final PreparedStatement insertInteraction;
    private final PreparedStatement insertEvent;

    RawPurchase(Connection connection, Customers customers) throws SQLException {
        this.connection = connection;
        this.customers = customers;
        connection.setAutoCommit(false);
        this.insertInteraction = connection.prepareStatement(PurchaseStatements.INSERT_INTERACTION);
        this.insertEvent = connection.prepareStatement(PurchaseStatements.INSERT_EVENT);
    }

    @Override
    public void once() throws SQLException {
        int index = customers.any();
        UUID customer = customers.id(index);
        UUID interaction = IDS.generate();
        Purchase purchase =
                Purchase.by(customers.reference(index), "raw-" + NUMBER.incrementAndGet());
        insertInteraction(customer, interaction, purchase);
        insertEvent(customer, interaction, purchase);
        connection.commit();
    }

    private void insertInteraction(UUID customer, UUID id, Purchase purchase) throws SQLException {
        OffsetDateTime time = purchase.occurredAt().atOffset(ZoneOffset.UTC);
        insertInteraction.setString(1, Purchase.SOURCE);
        insertInteraction.setString(2, purchase.sourceId());
        insertInteraction.setObject(3, customer);
        insertInteraction.setObject(4, id);
        insertInteraction.setObject(5, IDS.generate());
        insertInteraction.setObject(6, IDS.generate());
        insertInteraction.setObject(7, customer);
        insertInteraction.setObject(8, id);
        insertInteraction.setObject(9, time);
        insertInteraction.setObject(10, time);
        insertInteraction.setString(11, "PURCHASE");
        insertInteraction.setInt(12, 1);
        insertInteraction.setString(13, "WEB");
        insertInteraction.setString(14, "INBOUND");
        insertInteraction.setString(15, "checkout");
        insertInteraction.setBigDecimal(16, new BigDecimal(purchase.amount()));
        insertInteraction.setString(17, Purchase.CURRENCY);
        insertInteraction.setString(18, Purchase.SOURCE);
        insertInteraction.setString(19, purchase.sourceId());
        expect(insertInteraction);
    }

    private void insertEvent(UUID customer, UUID interaction, Purchase purchase)
            throws SQLException {
        UUID event = IDS.generate();
        insertEvent.setObject(1, customer);
        insertEvent.setBoolean(2, false);
        insertEvent.setObject(3, event);
        insertEvent.setString(4, TOPIC);
        insertEvent.setObject(5, customer);
        insertEvent.setString(6, TYPE);
        insertEvent.setObject(7, purchase.occurredAt().atOffset(ZoneOffset.UTC));
        insertEvent.setNull(8, Types.VARCHAR);
        insertEvent.setObject(9, event);
        insertEvent.setNull(10, Types.OTHER);
        insertEvent.setInt(11, 0);
        insertEvent.setString(12, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
        insertEvent.setString(13, payload(interaction, purchase));
        expect(insertEvent);
    }

    private static String payload(UUID interaction, Purchase purchase) {
        return """
        {"interaction":"%1$s","type":"PURCHASE","channel":"WEB","direction":"INBOUND","touchpoint":"checkout",\
        "amount":{"amount":"%2$s","currency":"%3$s"},"occurredAt":"%4$s","recordedAt":"%4$s"}\
        """
                .formatted(
                        interaction, purchase.amount(), Purchase.CURRENCY, purchase.occurredAt());
    }

    private static void expect(PreparedStatement insert) throws SQLException {
        try (ResultSet inserted = insert.executeQuery()) {
            if (!inserted.next()) {
                throw new SQLException("a purchase was not recorded");
            }
        }
    }
}
