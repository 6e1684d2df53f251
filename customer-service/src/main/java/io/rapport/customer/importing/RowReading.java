package io.rapport.customer.importing;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.rapport.customer.importing.Records.Found;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import io.rapport.platform.http.JsonFailure;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the record of a row, and refuses one that cannot be read or tells what nobody knows. */
@Singleton
final class RowReading {

    private static final String LISTED = ";";

    private final ObjectMapper json;
    private final CsvMapper csv = new CsvMapper();

    RowReading(ObjectMapper json) {
        this.json = json;
    }

    /** The cells of a record of CSV. */
    List<String> cells(byte[] slice, Found found, char delimiter) {
        String text = text(slice, found);
        try (MappingIterator<String[]> records =
                csv.readerFor(String[].class)
                        .with(CsvParser.Feature.WRAP_AS_ARRAY)
                        .with(CsvSchema.emptySchema().withColumnSeparator(delimiter))
                        .readValues(text)) {
            String[] cells = records.hasNextValue() ? records.nextValue() : new String[] {""};
            if (records.hasNextValue()) {
                throw malformed();
            }
            return List.of(cells);
        } catch (IOException e) {
            throw malformed();
        }
    }

    /** A row of CSV, whose columns stand in the order of its cells. */
    ImportedRow row(long number, int from, List<@Nullable Column> columns, List<String> cells) {
        if (cells.size() != columns.size()) {
            throw Refusal.invalid(
                    "wrong-number-of-cells", "A row has as many cells as the first one has names.");
        }
        RowContents contents = new RowContents(json);
        for (int i = 0; i < cells.size(); i++) {
            Column column = columns.get(i);
            if (column == null || cells.get(i).isEmpty()) {
                continue;
            }
            if (column.kind() == Column.Kind.ATTRIBUTE) {
                contents.add(column.name(), cells.get(i));
            } else {
                contents.add(column, value(column, cells.get(i)));
            }
        }
        return contents.row(number, from);
    }

    /** A row of NDJSON. {@code meanings}: what members tell; null: what their names say. */
    ImportedRow row(
            long number,
            int from,
            byte[] slice,
            Found found,
            @Nullable Map<String, String> meanings) {
        RowContents contents = new RowContents(json);
        for (Map.Entry<String, JsonNode> member : object(text(slice, found)).properties()) {
            String meaning =
                    meanings == null ? member.getKey() : meanings.getOrDefault(member.getKey(), "");
            Column column = Column.of(meaning).orElse(null);
            if (column != null) {
                contents.add(column, member.getValue());
            } else if (meanings == null) {
                throw field(member.getKey(), Column.RULE);
            }
        }
        return contents.row(number, from);
    }

    /** The value of a cell as JSON would give it; an array may be given as such. */
    private JsonNode value(Column column, String cell) {
        return switch (column.kind()) {
            case TEXTS -> cell.startsWith("[") ? parsed(column, cell) : texts(cell);
            case JSON, IDENTITIES -> parsed(column, cell);
            default -> json.getNodeFactory().textNode(cell);
        };
    }

    private ArrayNode texts(String cell) {
        ArrayNode texts = json.createArrayNode();
        Stream.of(cell.split(LISTED, -1)).map(String::strip).forEach(texts::add);
        return texts;
    }

    private JsonNode parsed(Column column, String cell) {
        try {
            return json.readTree(cell);
        } catch (JacksonException e) {
            throw field(column.name(), "must be JSON");
        }
    }

    private ObjectNode object(String line) {
        try {
            if (json.readTree(line) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw JsonFailure.refusal(e);
        }
        throw Refusal.invalid("malformed-row", "A line of NDJSON is an object.");
    }

    private static String text(byte[] slice, Found found) {
        Records.Fault fault = found.fault();
        if (fault != null) {
            throw switch (fault) {
                case UNCLOSED_QUOTE ->
                        Refusal.invalid("unclosed-quote", "A quote of this row is not closed.");
                case TOO_LONG ->
                        Refusal.invalid("row-too-long", "The row is longer than one may be.");
            };
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(slice, found.from(), found.to() - found.from()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.invalid("wrong-encoding", "The row is not text in UTF-8.");
        }
    }

    static Refusal field(String name, String reason) {
        return Refusal.invalid(
                "invalid-fields",
                "Some fields are not as they must be.",
                new FieldError("/" + name.replace("~", "~0").replace("/", "~1"), reason));
    }

    private static Refusal malformed() {
        return Refusal.invalid(
                "malformed-row",
                "After a quote that closes a cell, the next one or the row's end must follow.");
    }
}
