package io.rapport.bench.frame;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All figures of one call as a file that programs can compare with those of other days. */
public final class Results {
    private static final ObjectWriter JSON = new JsonMapper().writerWithDefaultPrettyPrinter();
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

    private final Instant begun;
    private final Pace pace;
    private final Map<String, Object> machine;
    private final List<Map<String, Object>> benchmarks = new ArrayList<>();

    public Results(Instant begun, Pace pace, Map<String, Object> machine) {
        this.begun = begun;
        this.pace = pace;
        this.machine = machine;
    }

    public void add(Benchmark benchmark, List<Figure> figures) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", benchmark.name());
        entry.put("summary", benchmark.summary());
        entry.put("figures", figures.stream().map(Results::figure).toList());
        benchmarks.add(entry);
    }

    /** Writes {@code <time of the beginning>.json} and answers where. */
    public Path write(Path folder) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("begun", begun.toString());
        all.put("pace", pace.name());
        all.put("warmSeconds", pace.warm().toSeconds());
        all.put("machine", machine);
        all.put("benchmarks", benchmarks);
        Files.createDirectories(folder);
        Path file = folder.resolve(NAME.format(begun) + ".json");
        JSON.writeValue(file.toFile(), all);
        return file;
    }

    private static Map<String, Object> figure(Figure figure) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", figure.name());
        entry.put("value", figure.value());
        entry.put("unit", figure.unit().symbol());
        Double limit = figure.limit();
        if (limit != null) {
            entry.put("limit", limit);
        }
        figure.ratio().ifPresent(ratio -> entry.put("ratio", ratio));
        Target target = figure.target();
        if (target != null) {
            entry.put("target", Map.of(target.side().key(), target.bound()));
        }
        figure.met().ifPresent(met -> entry.put("met", met));
        entry.putAll(figure.details());
        return entry;
    }
}
