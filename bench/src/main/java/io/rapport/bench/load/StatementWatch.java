package io.rapport.bench.load;

import io.rapport.bench.measure.Load;
import io.rapport.bench.measure.Side;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

/**
 * Looks at what a service under load asks of the database: a limit holds only while it runs the
 * service's own statements. PostgreSQL shows the first 1,023 bytes of each.
 */
public final class StatementWatch {
    private static final int SHOWN_BYTES = 1023;
    private static final Pattern PARAMETER = Pattern.compile("\\$\\d+");
    private static final Pattern BLANK = Pattern.compile("\\s+");
    private static final String RUNNING =
            "SELECT query FROM pg_stat_activity WHERE application_name = ? AND state <> 'idle'";

    private final Stack stack;
    private final ServiceName service;

    public StatementWatch(Stack stack, ServiceName service) {
        this.stack = stack;
        this.service = service;
    }

    /** Expected statements that the service did not run, and all that it was seen to run. */
    public record Seen(List<String> missing, Set<String> ran) {}

    /** Puts the service under load for so long and looks whether it runs these statements. */
    public Seen watch(Side load, Duration time, List<String> statements) {
        CompletableFuture<Load> loading = CompletableFuture.supplyAsync(() -> load.run(time));
        Seen seen = new Seen(new ArrayList<>(statements), new TreeSet<>());
        try (Connection connection = stack.postgres().connectAsSuperuser(service.database());
                PreparedStatement running = connection.prepareStatement(RUNNING)) {
            running.setString(1, service.label());
            while (!loading.isDone()) {
                if (!seen.missing().isEmpty()) {
                    look(running, seen);
                }
                Thread.sleep(2);
            }
            loading.join();
            return seen;
        } catch (SQLException e) {
            throw new CannotGoOn("The service's statements cannot be seen: " + e.getMessage(), e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof CannotGoOn reason ? reason : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    private static void look(PreparedStatement running, Seen seen) throws SQLException {
        try (ResultSet rows = running.executeQuery()) {
            while (rows.next()) {
                String shown = rows.getString(1);
                seen.ran().add(shown);
                seen.missing().removeIf(statement -> shows(shown, statement));
            }
        }
    }

    /** Whether PostgreSQL shows this statement of JDBC; of a long one it shows the beginning. */
    static boolean shows(String shown, String statement) {
        String seen = normal(shown);
        return shown.length() < SHOWN_BYTES
                ? normal(statement).equals(seen)
                : normal(statement).startsWith(seen.substring(0, seen.lastIndexOf(' ')));
    }

    private static String normal(String statement) {
        String parameters = PARAMETER.matcher(statement).replaceAll("?");
        return BLANK.matcher(parameters).replaceAll(" ").strip();
    }
}
