package io.rapport.customer.importing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.rapport.customer.FileFormat;
import io.rapport.platform.http.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** Problems of rows as a file, which is written page by page while it is read. */
@Singleton
final class ProblemFile {

    static final String CSV_EXAMPLE =
            """
            row,code,field,reason
            17,invalid-fields,/birthday,must not lie ahead
            """;

    /** Rows that are in memory at once. */
    static final int AT_ONCE = 500;

    private static final List<String> NAMES = List.of("row", "code", "field", "reason");

    private final ObjectWriter json;
    private final CsvMapper csv = new CsvMapper();

    ProblemFile(ObjectMapper mapper) {
        this.json = mapper.writerFor(ImportProblem.class).withRootValueSeparator("\n");
    }

    /** {@code after}: the next problems after a row. */
    Response of(FileFormat format, LongFunction<List<ImportProblem>> after) {
        StreamingOutput content =
                out -> {
                    try (SequenceWriter lines = writer(format, out)) {
                        long row = -1;
                        List<ImportProblem> page = after.apply(row);
                        while (!page.isEmpty()) {
                            for (ImportProblem problem : page) {
                                write(format, lines, problem);
                            }
                            row = page.getLast().row();
                            page = after.apply(row);
                        }
                    }
                };
        return Response.ok(content).type(format.mediaType()).build();
    }

    private SequenceWriter writer(FileFormat format, OutputStream out) throws IOException {
        if (format == FileFormat.NDJSON) {
            return json.writeValues(out);
        }
        SequenceWriter lines = csv.writer().writeValues(out);
        lines.write(NAMES);
        return lines;
    }

    private static void write(FileFormat format, SequenceWriter lines, ImportProblem problem)
            throws IOException {
        if (format == FileFormat.NDJSON) {
            lines.write(problem);
            return;
        }
        List<Problem.Field> fields = problem.errors();
        Stream<List<String>> cells =
                fields.isEmpty()
                        ? Stream.of(cells(problem, "", problem.detail()))
                        : fields.stream()
                                .map(
                                        field ->
                                                cells(
                                                        problem,
                                                        Objects.toString(field.pointer(), ""),
                                                        field.reason()));
        for (List<String> line : cells.toList()) {
            lines.write(line);
        }
    }

    private static List<String> cells(ImportProblem problem, String field, String reason) {
        return List.of(Long.toString(problem.row()), problem.code(), field, reason);
    }
}
