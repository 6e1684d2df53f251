package io.rapport.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Rows for one statement that takes them as arrays, a named one for each column, all of the same
 * length: {@code unnest(:customers, :sequences)}. For one thread.
 */
public final class Columns<T> {

    private record Column<T>(String name, Class<?> type, Function<T, ?> value) {}

    private final Collection<T> rows;
    private final List<Column<T>> columns = new ArrayList<>();

    private Columns(Collection<T> rows) {
        this.rows = rows;
    }

    public static <T> Columns<T> of(Collection<T> rows) {
        return new Columns<>(rows);
    }

    /** The array {@code name} with the value of each row. */
    public <V> Columns<T> add(
            String name, Class<V> type, Function<T, ? extends @Nullable V> value) {
        columns.add(new Column<>(name, type, value));
        return this;
    }

    /** Binds all of them, and answers the statement for what else it needs. */
    public <S extends SqlStatement<S>> S bindTo(S statement) {
        columns.forEach(
                column ->
                        statement.bindArray(
                                column.name(),
                                column.type(),
                                rows.stream().map(column.value()).toList()));
        return statement;
    }
}
