package io.rapport.customer.importing;

import io.rapport.customer.importing.CustomerImport.Rows;
import io.rapport.customer.profile.ChangeActor.Behalf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An import with what the work on it needs: on whose behalf, what its columns are once the first
 * row has told, and whether the rest of a row that is too long comes first.
 */
record ImportJob(
        CustomerImport told,
        char delimiter,
        Behalf behalf,
        @Nullable List<@Nullable Column> columns,
        boolean inLongRow) {

    /** How far the work is after a step. */
    record Progress(
            long position,
            boolean inLongRow,
            Rows rows,
            @Nullable List<@Nullable Column> columns) {}

    Rows rows() {
        return told.rows();
    }
}
