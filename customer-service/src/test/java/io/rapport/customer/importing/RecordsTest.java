package io.rapport.customer.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.customer.FileFormat;
import io.rapport.customer.importing.Records.Found;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsTest {

    private static final int MOST = 40;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    lines                                     | a~b~               | [a] [b]
                    the last one without its end              | a~b                | [a] [b]
                    of another system                         | a^~b^~             | [a] [b]
                    blank ones                                | a~~b~              | [a] [] [b]
                    an end in quotes                          | "a~b",c~d          | ["a~b",c] [d]
                    a doubled quote                           | "a""~b"~c          | ["a""~b"] [c]
                    quotes that begin within a cell           | a"b~c              | [a"b] [c]
                    quotes after the delimiter                | a,"~"~b            | [a,"~"] [b]
                    more after the quotes                     | "a"b~c             | ["a"b] [c]
                    quotes that are not closed                | a~"b~c~d           | [a] UNCLOSED_QUOTE [c] [d]
                    quotes that are not closed in the last    | a~"b               | [a] UNCLOSED_QUOTE
                    """)
    void a_file_of_csv_is_cut_into(String what, String file, String records) {
        assertThat(told(file.replace('~', '\n').replace('^', '\r'), FileFormat.CSV))
                .isEqualTo(records.replace('~', '\n'));
    }

    @Test
    void lines_of_ndjson_end_wherever_a_line_ends() {
        assertThat(told("{\"a\n\"b", FileFormat.NDJSON)).isEqualTo("[{\"a] [\"b]");
    }

    @Test
    void a_line_that_is_too_long_is_one_fault_and_holds_back_no_other() {
        assertThat(told("a\n" + "x".repeat(10 * MOST) + "\nb\n", FileFormat.CSV))
                .isEqualTo("[a] TOO_LONG [b]");
    }

    @Test
    void a_quote_that_is_not_closed_for_long_is_that_of_its_line() {
        assertThat(told("a,\"\n" + "x\n".repeat(MOST) + "b\n", FileFormat.CSV))
                .startsWith("UNCLOSED_QUOTE [x] [x]")
                .endsWith("[x] [b]");
    }

    @Test
    void a_record_that_has_no_end_in_the_slice_is_left_for_the_next() {
        byte[] slice = "a\nb".getBytes(StandardCharsets.UTF_8);
        Records records = new Records(slice, false, FileFormat.CSV, ',', MOST).from(0, false);
        assertThat(records.next()).contains(new Found(0, 1, null));
        assertThat(records.next()).isEmpty();
        assertThat(records.position()).isEqualTo(2);
    }

    /** A gigabyte without an end takes the memory of a slice. */
    @Test
    void a_line_of_a_gigabyte_is_passed_over_slice_by_slice() {
        byte[] slice = new byte[1 << 18];
        Arrays.fill(slice, (byte) 'x');
        Records first = new Records(slice, false, FileFormat.CSV, ',', 1 << 16).from(0, false);
        assertThat(first.next()).contains(new Found(0, 1 << 16, Records.Fault.TOO_LONG));
        boolean within = first.inLongRow();
        for (int read = 0; read < 1 << 30; read += slice.length) {
            Records next = new Records(slice, false, FileFormat.CSV, ',', 1 << 16).from(0, within);
            assertThat(next.next()).isEmpty();
            assertThat(next.position()).isEqualTo(slice.length);
            within = next.inLongRow();
        }
        byte[] end = "xx\nb\n".getBytes(StandardCharsets.UTF_8);
        Records last = new Records(end, true, FileFormat.CSV, ',', 1 << 16).from(0, within);
        assertThat(last.next()).contains(new Found(3, 4, null));
    }

    private static String told(String file, FileFormat format) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        Records records = new Records(bytes, true, format, ',', MOST).from(0, false);
        String told =
                Stream.generate(records::next)
                        .takeWhile(Optional::isPresent)
                        .flatMap(Optional::stream)
                        .map(found -> told(file, found))
                        .collect(Collectors.joining(" "));
        assertThat(records.position()).isEqualTo(bytes.length);
        return told;
    }

    private static String told(String file, Found found) {
        Records.Fault fault = found.fault();
        return fault != null ? fault.name() : "[" + file.substring(found.from(), found.to()) + "]";
    }
}
