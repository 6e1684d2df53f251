package io.rapport.customer.importing;

import io.rapport.customer.FileFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a slice of a file into its records, at line ends that do not stand in quotes (RFC 4180).
 * What is wrong stays within its record: one that is too long ends with its line, and after a quote
 * that is not closed it goes on with the next line. For one thread.
 */
final class Records {

    /** Why a record cannot be read. */
    enum Fault {
        UNCLOSED_QUOTE,
        TOO_LONG
    }

    /** A record without its line end, from a position in the slice to another. */
    record Found(int from, int to, @Nullable Fault fault) {
        boolean isBlank() {
            return fault == null && from == to;
        }
    }

    private static final int NO_QUOTES = -1;

    private final byte[] slice;
    private final boolean last;
    private final int quote;
    private final int delimiter;
    private final int mostBytes;
    private int position;
    private boolean inLongRow;

    /**
     * {@code last}: nothing follows the slice. Where something does, it has more than {@code
     * mostBytes}, so that each slice has an end of a record, or one that is too long.
     */
    Records(byte[] slice, boolean last, FileFormat format, char delimiter, int mostBytes) {
        this.slice = slice;
        this.last = last;
        this.quote = format == FileFormat.CSV ? '"' : NO_QUOTES;
        this.delimiter = delimiter;
        this.mostBytes = mostBytes;
    }

    /** Goes on at a position: with a record, or within the rest of one that is too long. */
    Records from(int begin, boolean withinLongRow) {
        position = begin;
        inLongRow = withinLongRow;
        return this;
    }

    /** The next record; empty when the slice has no whole one any more. */
    Optional<Found> next() {
        if (inLongRow && !leaveLongRow()) {
            return Optional.empty();
        }
        int begin = position;
        int firstLineEnd = -1;
        boolean quoted = false;
        boolean atFieldStart = true;
        for (int i = begin; i < slice.length; i++) {
            if (i - begin >= mostBytes) {
                return Optional.of(tooLong(begin, i, quoted ? firstLineEnd : -1));
            }
            byte b = slice[i];
            if (quoted) {
                if (b == quote && i + 1 < slice.length && slice[i + 1] == quote) {
                    i++;
                } else if (b == quote) {
                    quoted = false;
                } else if (b == '\n' && firstLineEnd < 0) {
                    firstLineEnd = i;
                }
            } else if (b == '\n') {
                position = i + 1;
                return Optional.of(found(begin, i));
            } else {
                quoted = atFieldStart && b == quote;
                atFieldStart = b == delimiter;
            }
        }
        return last && begin < slice.length
                ? Optional.of(lastOne(begin, quoted, firstLineEnd))
                : Optional.empty();
    }

    /** How much of the slice was read. */
    int position() {
        return position;
    }

    boolean inLongRow() {
        return inLongRow;
    }

    private boolean leaveLongRow() {
        while (position < slice.length && slice[position] != '\n') {
            position++;
        }
        if (position == slice.length) {
            return false;
        }
        position++;
        inLongRow = false;
        return true;
    }

    private Found lastOne(int begin, boolean quoted, int firstLineEnd) {
        if (quoted) {
            position = firstLineEnd < 0 ? slice.length : firstLineEnd + 1;
            return new Found(begin, position, Fault.UNCLOSED_QUOTE);
        }
        position = slice.length;
        return found(begin, slice.length);
    }

    /** In quotes that began on an earlier line it is the quote that went wrong. */
    private Found tooLong(int begin, int end, int firstLineEnd) {
        if (firstLineEnd >= 0) {
            position = firstLineEnd + 1;
            return new Found(begin, position, Fault.UNCLOSED_QUOTE);
        }
        position = end;
        inLongRow = true;
        return new Found(begin, end, Fault.TOO_LONG);
    }

    private Found found(int begin, int end) {
        boolean carriageReturn = end > begin && slice[end - 1] == '\r';
        return new Found(begin, carriageReturn ? end - 1 : end, null);
    }
}
