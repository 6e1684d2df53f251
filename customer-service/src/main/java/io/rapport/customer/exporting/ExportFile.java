package io.rapport.customer.exporting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.rapport.customer.FileFormat;
import io.rapport.customer.profile.CustomerView;
import io.rapport.customer.profile.Profile;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes customers as an import reads them: as the API answers them, one a line, or as rows of CSV
 * under the same names. A cell joins texts by semicolons, and holds JSON where that would not do.
 */
@Singleton
final class ExportFile {

    private static final String LISTED = ";";
    private static final List<String> NAMES =
            Stream.of(
                            Stream.of("id", "status"),
                            Arrays.stream(Profile.class.getRecordComponents())
                                    .map(RecordComponent::getName),
                            Stream.of("relations", "identities", "createdAt", "updatedAt"))
                    .flatMap(names -> names)
                    .toList();

    private final ObjectMapper json;
    private final CsvMapper csv = new CsvMapper();

    ExportFile(ObjectMapper json) {
        this.json = json;
    }

    /** A part of a file; the {@code first} one of CSV begins with the names of its columns. */
    byte[] part(FileFormat format, boolean first, List<CustomerView> customers) {
        ByteArrayOutputStream part = new ByteArrayOutputStream(512 * customers.size());
        try (SequenceWriter rows =
                format == FileFormat.CSV
                        ? csv.writer().writeValues(part)
                        : json.writer().withRootValueSeparator("").writeValues(part)) {
            if (format == FileFormat.CSV && first) {
                rows.write(NAMES);
            }
            for (CustomerView customer : customers) {
                JsonNode told = json.valueToTree(customer);
                if (format == FileFormat.CSV) {
                    rows.write(NAMES.stream().map(name -> cell(told.path(name))).toList());
                } else {
                    rows.write(told);
                    rows.flush();
                    part.write('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return part.toByteArray();
    }

    private String cell(JsonNode value) {
        if (!value.isContainerNode()) {
            return value.asText("");
        }
        if (value.isEmpty()) {
            return "";
        }
        boolean texts =
                value.isArray()
                        && value.valueStream()
                                .allMatch(one -> one.isTextual() && isListable(one.textValue()));
        return texts
                ? value.valueStream().map(JsonNode::textValue).collect(Collectors.joining(LISTED))
                : write(value);
    }

    private static boolean isListable(String text) {
        return !text.contains(LISTED) && !text.startsWith("[") && text.equals(text.strip());
    }

    private String write(JsonNode value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a customer is always JSON", e);
        }
    }
}
