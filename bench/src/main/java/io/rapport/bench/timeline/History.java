package io.rapport.bench.timeline;

import io.rapport.bench.load.Customers;
import io.rapport.bench.timeline.Invoices.Invoice;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Interactions written by SQL, as interaction-service would write them: each customer buys as one
 * of the real ones did, year after year. All of a year are written in the order of time, so that
 * what belongs to one customer lies scattered. Each names its invoice, and one in ten says
 * something.
 */
final class History implements AutoCloseable {
    private static final String INVOICES =
            """
            CREATE TEMPORARY TABLE invoice AS
            SELECT CAST(number AS integer) AS number, customer, amount, kind
            FROM unnest(?, ?, ?) WITH ORDINALITY AS i (customer, amount, kind, number)""";

    private static final String PEOPLE =
            """
            CREATE TEMPORARY TABLE person AS
            SELECT id, CAST(number - 1 AS integer) % ? AS model
            FROM unnest(?) WITH ORDINALITY AS c (id, number)""";

    // A year of history is an hour of the last ones, so that any number of them has passed. Ids
    // grow
    // with time, as those of interactions do.
    private static final String YEAR =
            """
            CREATE TEMPORARY TABLE made ON COMMIT DROP AS
            SELECT customer_id, number, kind, amount, at, CAST(? AS text) || '-' || n AS source_id,
                CAST('01' || lpad(to_hex(? + n), 10, '0') || '70008000000000000000' AS uuid) AS id
            FROM (SELECT p.id AS customer_id, i.number, i.kind, i.amount, row_number() OVER (ORDER BY i.number, random()) AS n,
                      now() - make_interval(hours => 10000 - ?)
                          + make_interval(secs => 3600.0 * i.number / ? + random()) AS at
                  FROM person AS p JOIN invoice AS i ON i.customer = p.model) AS bought""";

    private static final String INTERACTIONS =
            """
            INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign, channel, direction,
                                     touchpoint, amount, currency, source, source_id)
            SELECT customer_id, id, at, at, kind, CASE kind WHEN 'PURCHASE' THEN 1 ELSE -1 END, 'WEB', 'INBOUND',
                'checkout', CAST(amount AS numeric), 'GBP', 'bench-history', source_id
            FROM made ORDER BY at""";

    private static final String WORDS =
            """
            INSERT INTO interaction_text (customer_id, interaction_id, reference_kind, reference, subject, text)
            SELECT customer_id, id, 'INVOICE', source_id,
                CASE WHEN number % 10 = 0 THEN 'About the order ' || source_id END,
                CASE WHEN number % 10 = 0 THEN 'Two of the ' || (ARRAY['red', 'blue', 'green'])[1 + number % 3]
                    || ' lanterns were broken when the parcel came, please send others by the end of the week' END
            FROM made ORDER BY at""";

    private final Connection connection;
    private final int invoices;
    private int years;
    private long written;

    History(Stack stack, Customers customers) throws SQLException {
        this.connection = stack.postgres().connectAsSuperuser(ServiceName.INTERACTION.database());
        Invoices real = Invoices.bundled();
        this.invoices = real.all().size();
        try (PreparedStatement invoice = connection.prepareStatement(INVOICES);
                PreparedStatement person = connection.prepareStatement(PEOPLE)) {
            invoice.setArray(1, column(real, "integer", Invoice::customer));
            invoice.setArray(2, column(real, "text", Invoice::amount));
            invoice.setArray(3, column(real, "text", Invoice::kind));
            invoice.executeUpdate();
            person.setInt(1, real.customers());
            person.setArray(2, connection.createArrayOf("uuid", ids(customers)));
            person.executeUpdate();
        }
    }

    private Array column(Invoices of, String type, Function<Invoice, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, of.all().stream().map(value).toArray());
    }

    private static UUID[] ids(Customers customers) {
        return IntStream.range(0, customers.count()).mapToObj(customers::id).toArray(UUID[]::new);
    }

    /** Writes whole years until there are as many interactions; answers how many there are. */
    long writeUpTo(long interactions) throws SQLException {
        connection.setAutoCommit(false);
        while (written < interactions) {
            try (PreparedStatement year = connection.prepareStatement(YEAR);
                    Statement statement = connection.createStatement()) {
                year.setString(1, "y" + years);
                year.setLong(2, written);
                year.setInt(3, years);
                year.setInt(4, invoices);
                year.executeUpdate();
                written += statement.executeUpdate(INTERACTIONS);
                statement.executeUpdate(WORDS);
            }
            connection.commit();
            years++;
        }
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM (ANALYZE) interaction, interaction_text");
        }
        return written;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
