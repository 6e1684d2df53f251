package io.rapport.bench.frame;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figures as a table; what stands beside a figure follows on lines of its own. */
public final class Report {
    private static final List<String> HEAD =
            List.of("", "value", "limit", "ratio", "target", "met?");

    private Report() {}

    public static void print(List<Figure> figures, PrintStream out) {
        lines(figures).forEach(out::println);
    }

    static List<String> lines(List<Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        figures.forEach(figure -> rows.add(row(figure)));
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(aligned(HEAD, widths));
        for (int i = 0; i < figures.size(); i++) {
            lines.add(aligned(rows.get(i + 1), widths));
            figures.get(i).beside().forEach(line -> lines.add("    " + line));
        }
        return lines;
    }

    private static List<String> row(Figure figure) {
        return List.of(
                figure.name(),
                figure.unit().text(figure.value()),
                Optional.ofNullable(figure.limit()).map(figure.unit()::text).orElse(""),
                figure.ratio().isPresent() ? ratio(figure.ratio().getAsDouble()) : "",
                target(figure),
                figure.met().map(met -> met ? "yes" : "NO").orElse(""));
    }

    private static String target(Figure figure) {
        Target target = figure.target();
        if (target == null) {
            return "";
        }
        String bound =
                figure.limit() == null ? figure.unit().text(target.bound()) : ratio(target.bound());
        return target.side().sign() + " " + bound;
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** Names to the left, figures to the right. */
    private static String aligned(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - row.get(column).length());
            line.append(column == 0 ? "" : "  ")
                    .append(column == 0 ? row.get(column) + padding : padding + row.get(column));
        }
        return line.toString().stripTrailing();
    }
}
