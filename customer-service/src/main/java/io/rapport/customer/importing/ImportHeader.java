package io.rapport.customer.importing;

import io.rapport.platform.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first row of a CSV file: what its columns tell. Refusals name columns by number, because what
 * stands there may be the first customer of a file without names of columns.
 */
final class ImportHeader {

    private ImportHeader() {}

    /** In the order of the columns; null for one that is not read. */
    static List<@Nullable Column> columns(
            List<String> names, @Nullable Map<String, String> meanings) {
        Set<String> seen = new HashSet<>();
        Set<Column> told = new HashSet<>();
        List<@Nullable Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).strip();
            if (!seen.add(name)) {
                throw refusal("duplicate-headers", "Column %d has the name of another.", i);
            }
            Column column =
                    Column.of(meanings == null ? name : meanings.getOrDefault(name, ""))
                            .orElse(null);
            if (column == null && meanings == null) {
                throw refusal(
                        "unknown-columns", "The name of column %d says nothing that is known.", i);
            }
            if (column != null && column.kind().isOne() && !told.add(column)) {
                throw refusal("duplicate-headers", "Column %d tells what another tells.", i);
            }
            columns.add(column);
        }
        if (meanings != null && !seen.containsAll(meanings.keySet())) {
            throw Refusal.invalid(
                    "unknown-columns", "The file does not have all columns that were named.");
        }
        return columns;
    }

    private static Refusal refusal(String code, String detail, int index) {
        return Refusal.invalid(code, detail.formatted(index + 1));
    }
}
