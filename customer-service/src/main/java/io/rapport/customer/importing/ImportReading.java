package io.rapport.customer.importing;

import io.rapport.customer.FileFormat;
import io.rapport.customer.Identity;
import io.rapport.customer.importing.Records.Found;
import io.rapport.platform.Refusal;
import io.rapport.platform.http.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the next rows of an import from a slice of its file. */
@ApplicationScoped
class ImportReading {

    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final RowReading rows;
    private final Problems problems;
    private final ImportConfig config;

    ImportReading(RowReading rows, Problems problems, ImportConfig config) {
        this.rows = rows;
        this.problems = problems;
        this.config = config;
    }

    /**
     * At most so many rows from a place of the file on, of which no two share an identity. A row
     * that cannot be read is a problem of it; a file that cannot be read at all is refused.
     */
    RowsRead read(ImportJob job, Place place, byte[] slice, boolean last, int most) {
        FileFormat format = job.told().format();
        Records records =
                new Records(slice, last, format, job.delimiter(), config.maxRowBytes())
                        .from(begin(place, slice), place.inLongRow());
        List<@Nullable Column> columns = place.columns();
        List<ImportedRow> read = new ArrayList<>();
        List<ImportProblem> refused = new ArrayList<>();
        Set<Identity> seen = new HashSet<>();
        long number = place.records();
        while (read.size() + refused.size() < most) {
            Found found = records.next().orElse(null);
            if (found == null) {
                break;
            }
            number++;
            if (found.isBlank()) {
                continue;
            }
            if (format == FileFormat.CSV && columns == null) {
                columns = header(job, slice, found);
                continue;
            }
            try {
                ImportedRow row = row(job, columns, number, slice, found);
                if (row.identities().stream().anyMatch(seen::contains)) {
                    return new RowsRead(
                            read, refused, columns, number - 1, found.from(), false, false);
                }
                seen.addAll(row.identities());
                read.add(row);
            } catch (Refusal refusal) {
                refused.add(ImportProblem.of(number, problems.of(refusal)));
            }
        }
        boolean atEnd = last && records.position() == slice.length;
        return new RowsRead(
                read, refused, columns, number, records.position(), records.inLongRow(), atEnd);
    }

    private List<@Nullable Column> header(ImportJob job, byte[] slice, Found found) {
        Map<String, String> meanings = job.told().columns();
        return ImportHeader.columns(rows.cells(slice, found, job.delimiter()), meanings);
    }

    private ImportedRow row(
            ImportJob job,
            @Nullable List<@Nullable Column> columns,
            long number,
            byte[] slice,
            Found found) {
        return columns == null
                ? rows.row(number, found.from(), slice, found, job.told().columns())
                : rows.row(
                        number, found.from(), columns, rows.cells(slice, found, job.delimiter()));
    }

    /** Behind the mark that some programs put before UTF-8. */
    private static int begin(Place place, byte[] slice) {
        if (place.bytes() > 0 || slice.length < 2) {
            return 0;
        }
        boolean bigEndian = slice[0] == (byte) 0xFE && slice[1] == (byte) 0xFF;
        boolean littleEndian = slice[0] == (byte) 0xFF && slice[1] == (byte) 0xFE;
        if (bigEndian || littleEndian) {
            throw Refusal.invalid("wrong-encoding", "The file is UTF-16. Save it as UTF-8.");
        }
        for (int i = 0; i < UTF_8_MARK.length; i++) {
            if (i == slice.length || slice[i] != UTF_8_MARK[i]) {
                return 0;
            }
        }
        return UTF_8_MARK.length;
    }
}
