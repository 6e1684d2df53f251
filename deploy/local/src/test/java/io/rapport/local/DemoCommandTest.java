package io.rapport.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.local.demo.ToldServices;
import io.rapport.local.demo.ToldServices.Asked;
import io.rapport.local.demo.ToldServices.Told;
import io.rapport.local.stack.LocalFolder;
import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./rapport demo} as a process, against services that hold what a file of two rows says. */
class DemoCommandTest {
    private static final Pattern OCCURRED_AT = Pattern.compile("\"occurredAt\":\"([^\"]*)\"");
    private static final LocalDate LAST_DAY = LocalDate.of(2011, 7, 1);
    private static final String FILE =
            """
            invoice_no,occurred_at,customer_id,country,lines,amount_gbp,kind
            536365,2010-12-01T08:26:00,17850,United Kingdom,7,139.12,PURCHASE
            558638,2011-07-01T08:16:00,17850,United Kingdom,1,20.50,PURCHASE
            """;

    private record Run(int exitCode, String output) {}

    @TempDir private Path root;
    private ToldServices services;

    @BeforeEach
    void prepare() throws Exception {
        Files.writeString(root.resolve("invoices.csv"), FILE);
        LocalPorts ports = LocalPorts.free();
        // Leaves the keys and the ports that a stack would have left.
        Stack.prepare(new LocalFolder(root, root.resolve(".rapport")), ports, false).close();
        services = new ToldServices(ports, DemoCommandTest::answer);
    }

    @AfterEach
    void close() {
        services.close();
    }

    private static Told answer(Asked asked) {
        return switch (asked.method()) {
            case "PUT" -> new Told(201, "", "{}");
            case "POST" ->
                    Told.ok(
                            """
                            {"line": 1, "status": 201, "version": "interactions/1"}
                            {"line": 2, "status": 201, "version": "interactions/2"}
                            """);
            default ->
                    Told.ok(
                            """
                            {"items": [{"type": "PURCHASE", "amount": {"amount": "139.12", "currency": "GBP"}},
                                       {"type": "PURCHASE", "amount": {"amount": "20.50", "currency": "GBP"}}],
                             "next": null, "balance": 159,
                             "interactions": {"purchases": [{"currency": "GBP", "count": 2, "sum": "159.62"}]},
                             "loyalty": {"balance": 159, "tier": "BASE"}}""");
        };
    }

    @Test
    void as_is_the_dates_of_the_file_stay_and_no_shift_is_kept() throws Exception {
        Run run = demo("--as-is");
        assertThat(run.output())
                .contains("Dates stay as they are; the last day is 2011-07-01.")
                .contains("loyalty-service = context: 0 differences");
        assertThat(run.exitCode()).isZero();
        // The shop's clock: Greenwich in winter, an hour before it in summer.
        assertThat(datesSent()).containsExactly("2010-12-01T08:26:00Z", "2011-07-01T07:16:00Z");
        assertThat(root.resolve(".rapport/demo-shift")).doesNotExist();
    }

    @Test
    void otherwise_they_are_moved_by_the_weeks_that_are_kept() throws Exception {
        Run run = demo();
        assertThat(run.exitCode()).as(run.output()).isZero();
        String kept = Files.readString(root.resolve(".rapport/demo-shift"));
        assertThat(kept).startsWith(LAST_DAY + " ");
        long weeks = Long.parseLong(kept.substring(LAST_DAY.toString().length()).strip());
        LocalDate shifted = LAST_DAY.plusWeeks(weeks);
        LocalDate today = LocalDate.now(ZoneId.of("Europe/London"));
        assertThat(shifted).isBetween(today.minusDays(8), today);
        assertThat(datesSent().getLast()).startsWith(shifted.toString());
        assertThat(run.output()).contains("so that 2011-07-01 becomes " + shifted);
    }

    private List<String> datesSent() {
        return services.asked().stream()
                .filter(asked -> asked.target().equals("/interactions/batch"))
                .flatMap(asked -> OCCURRED_AT.matcher(asked.body()).results())
                .map(match -> match.group(1))
                .toList();
    }

    private Run demo(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Drapport.root=" + root,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rapport.class.getName(),
                        "demo",
                        root.resolve("invoices.csv").toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("RAPPORT_DATA");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
