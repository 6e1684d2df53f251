package io.rapport.customer.profile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The columns of one row, one after the other, from the first on. For one thread. */
final class RowReader {

    private final ResultSet row;
    private int column;

    RowReader(ResultSet row) {
        this.row = row;
    }

    UUID id() throws SQLException {
        return row.getObject(++column, UUID.class);
    }

    @Nullable UUID idIfAny() throws SQLException {
        return row.getObject(++column, UUID.class);
    }

    List<UUID> ids() throws SQLException {
        return List.of((UUID[]) row.getArray(++column).getArray());
    }

    String text() throws SQLException {
        return row.getString(++column);
    }

    @Nullable String textIfAny() throws SQLException {
        return row.getString(++column);
    }

    String[] texts() throws SQLException {
        return (String[]) row.getArray(++column).getArray();
    }

    long number() throws SQLException {
        return row.getLong(++column);
    }

    @Nullable LocalDate dayIfAny() throws SQLException {
        return row.getObject(++column, LocalDate.class);
    }

    Instant time() throws SQLException {
        return row.getObject(++column, OffsetDateTime.class).toInstant();
    }

    <E extends Enum<E>> E word(Class<E> words) throws SQLException {
        return Enum.valueOf(words, text());
    }

    <E extends Enum<E>> @Nullable E wordIfAny(Class<E> words) throws SQLException {
        String word = textIfAny();
        return word == null ? null : Enum.valueOf(words, word);
    }

    /** The elements of a JSON array; none for null. */
    <T> List<T> list(Class<T[]> type) throws SQLException {
        return StoredJson.list(textIfAny(), type);
    }
}
