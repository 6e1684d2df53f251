package io.rapport.customer.search;

import io.rapport.platform.http.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A customer that was found, and what its match costs: the order of the list. {@code place}: that
 * of a longer word, among all that begin as one was typed; 0 for any other. It tells no word, for a
 * cursor holds it.
 */
record Found(UUID customer, int cost, long place) {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** Where the list begins. */
    static final Found NONE = before(-1);

    /** Before all that cost so much. */
    static Found before(int cost) {
        return new Found(BEFORE_ALL, cost, Long.MIN_VALUE);
    }

    static Found at(Cursor cursor) {
        int cost = Math.clamp(cursor.number(0), 0, Integer.MAX_VALUE);
        return new Found(cursor.uuid(1), cost, cursor.number(2));
    }

    Cursor cursor() {
        return Cursor.of(cost, customer, place);
    }

    static Found read(ResultSet row) throws SQLException {
        return new Found(row.getObject(1, UUID.class), row.getInt(2), row.getLong(3));
    }
}
