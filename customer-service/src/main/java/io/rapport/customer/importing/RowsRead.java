package io.rapport.customer.importing;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a step has read: rows, problems, columns if they are known, the number of the last record,
 * and where in the slice it ended.
 */
record RowsRead(
        List<ImportedRow> rows,
        List<ImportProblem> problems,
        @Nullable List<@Nullable Column> columns,
        long last,
        int end,
        boolean inLongRow,
        boolean atEnd) {

    /** Up to where this has read from {@code from} on. */
    Place after(Place from) {
        return new Place(from.bytes() + end, last, inLongRow, columns);
    }

    /** The same with the rows as {@code edit} makes them. */
    RowsRead with(UnaryOperator<ImportedRow> edit) {
        return new RowsRead(
                rows.stream().map(edit).toList(), problems, columns, last, end, inLongRow, atEnd);
    }

    /** The same up to a row, which another step reads. */
    RowsRead before(ImportedRow row) {
        return new RowsRead(
                rows.subList(0, rows.indexOf(row)),
                problems.stream().filter(problem -> problem.row() < row.number()).toList(),
                columns,
                row.number() - 1,
                row.from(),
                false,
                false);
    }
}
