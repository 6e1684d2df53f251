package io.rapport.platform.testing;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What lies in the database of the service under test, whichever table it lies in. */
public final class Holdings {

    private Holdings() {}

    /** The names of all tables, those of the platform too. */
    public static Set<String> tables() throws SQLException {
        return Databases.asOwner()
                .rows(
                        """
                        SELECT table_name FROM information_schema.tables
                        WHERE table_type = 'BASE TABLE'
                          AND table_schema NOT IN ('pg_catalog', 'information_schema')""")
                .stream()
                .map(row -> String.valueOf(row.get("table_name")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The tables in which a mark lies, in a column of any type: as it is, in bytes, or in a record
     * that was kept as Base64. A mark has at least six letters, digits or hyphens.
     */
    public static Set<String> of(String mark) throws SQLException {
        List<String> patterns = patterns(mark);
        Set<String> found = new TreeSet<>();
        for (String table : tables()) {
            List<Map<String, Object>> rows =
                    Databases.asOwner()
                            .rows(
                                    "SELECT 1 AS one FROM \"%s\" AS t WHERE CAST(t AS text) LIKE ANY (?) LIMIT 1"
                                            .formatted(table),
                                    (Object) patterns.toArray(String[]::new));
            if (!rows.isEmpty()) {
                found.add(table);
            }
        }
        return found;
    }

    private static List<String> patterns(String mark) {
        List<String> patterns = new ArrayList<>();
        patterns.add("%" + mark + "%");
        patterns.add("%" + hex(mark) + "%");
        // Where the mark begins in a group of three bytes decides what Base64 makes of it; the
        // letters at its ends depend on its neighbours.
        for (int before = 0; before < 3; before++) {
            String text = "x".repeat(before) + mark;
            String encoded =
                    Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(text.getBytes(StandardCharsets.UTF_8));
            String inner = encoded.substring(before == 0 ? 0 : 4, encoded.length() / 4 * 4 - 4);
            patterns.add("%" + hex(inner) + "%");
        }
        return patterns;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
