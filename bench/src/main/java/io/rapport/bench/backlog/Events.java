package io.rapport.bench.backlog;

import io.rapport.bench.load.Customers;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Purchases in the outbox of interaction-service, as many for each customer, as it would publish
 * them, who are told nothing else meanwhile. There are no interactions behind them: only their way
 * is measured.
 */
final class Events {
    private static final String NUMBER =
            """
            INSERT INTO customer_sequence (customer_id, last) SELECT unnest(?), ?
            ON CONFLICT (customer_id) DO UPDATE SET last = EXCLUDED.last""";

    private static final String PUBLISH =
            """
            INSERT INTO outbox (id, topic, customer_id, type, time, sequence, correlation_id, hops, payload)
            SELECT gen_random_uuid(), 'rapport.interactions.v1', customer, 'interaction.recorded.v1', now(), number,
                   gen_random_uuid(), 0,
                   json_build_object('interaction', gen_random_uuid(), 'type', 'PURCHASE', 'channel', 'WEB',
                                     'direction', 'INBOUND', 'touchpoint', 'checkout',
                                     'amount', json_build_object('amount', '12.50', 'currency', 'GBP'),
                                     'occurredAt', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                                     'recordedAt', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
            FROM generate_series(?, ?) AS number CROSS JOIN unnest(?) AS customer
            ORDER BY number""";

    private final Stack stack;
    private final UUID[] customers;
    private int last;

    Events(Stack stack, Customers customers) {
        this.stack = stack;
        this.customers =
                IntStream.range(0, customers.count()).mapToObj(customers::id).toArray(UUID[]::new);
    }

    /** Publishes them in one transaction, and answers how many that were. */
    long publish(int each) throws SQLException {
        try (Connection connection =
                stack.postgres().connectAsSuperuser(ServiceName.INTERACTION.database())) {
            connection.setAutoCommit(false);
            Array array = connection.createArrayOf("uuid", customers);
            try (PreparedStatement number = connection.prepareStatement(NUMBER);
                    PreparedStatement publish = connection.prepareStatement(PUBLISH)) {
                number.setArray(1, array);
                number.setInt(2, last + each);
                number.executeUpdate();
                publish.setInt(1, last + 1);
                publish.setInt(2, last + each);
                publish.setArray(3, array);
                long published = publish.executeUpdate();
                connection.commit();
                last += each;
                return published;
            }
        }
    }
}
