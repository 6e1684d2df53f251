package io.rapport.customer.importing;

import io.rapport.customer.importing.CustomerImport.Rows;
import io.rapport.customer.profile.ChangeActor.Behalf;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import with what the work on it needs: on whose behalf, what its columns are once the first
 * row has told, whether the rest of a row that is too long comes first, and up to whom its
 * customers were compared.
 */
record ImportJob(
        CustomerImport told,
        char delimiter,
        Behalf behalf,
        @Nullable List<@Nullable Column> columns,
        boolean inLongRow,
        @Nullable UUID comparedTo) {

    /** How far the work is after a step, which wrote so many that are to be compared. */
    record Progress(
            long position,
            boolean inLongRow,
            Rows rows,
            int toCompare,
            @Nullable List<@Nullable Column> columns) {}

    Rows rows() {
        return told.rows();
    }

    /** Whether its rows were new customers, mostly, as far as they were taken in. */
    boolean makesCustomers() {
        return told.mode() != ImportMode.UPDATE
                && rows().created() >= rows().updated() + rows().unchanged();
    }

    /** From where it goes on. */
    Place place() {
        return new Place(told.bytesRead(), rows().read(), inLongRow, columns);
    }
}
