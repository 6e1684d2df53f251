package io.rapport.customer.importing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Up to where a file was read: so many bytes and records, perhaps within a row that is too long.
 * {@code columns}: what the first row of CSV has told.
 */
record Place(
        long bytes, long records, boolean inLongRow, @Nullable List<@Nullable Column> columns) {}
