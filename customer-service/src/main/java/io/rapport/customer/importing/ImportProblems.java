package io.rapport.customer.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.platform.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table {@code customer_import_problem}. */
@ApplicationScoped
class ImportProblems {

    private final Jdbi jdbi;
    private final ObjectMapper json;

    ImportProblems(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    void keep(UUID id, List<ImportProblem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        jdbi.useHandle(
                handle -> {
                    PreparedBatch batch =
                            handle.prepareBatch(
                                    """
                                    INSERT INTO customer_import_problem (import_id, row_number, code, detail, errors)
                                    VALUES (:id, :row, :code, :detail, CAST(:json AS jsonb))
                                    """);
                    for (ImportProblem problem : problems) {
                        batch.bind("id", id)
                                .bindMethods(problem)
                                .bind("json", write(problem.errors()))
                                .add();
                    }
                    batch.execute();
                });
    }

    /** In the order of rows, those after {@code row}. */
    List<ImportProblem> after(UUID id, long row, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT row_number, code, detail, errors FROM customer_import_problem
                                        WHERE import_id = :id AND row_number > :row ORDER BY row_number LIMIT :limit
                                        """)
                                .bind("id", id)
                                .bind("row", row)
                                .bind("limit", limit)
                                .map(
                                        (found, context) ->
                                                new ImportProblem(
                                                        found.getLong(1),
                                                        found.getString(2),
                                                        found.getString(3),
                                                        read(found.getString(4))))
                                .list());
    }

    private String write(List<Problem.Field> errors) {
        try {
            return json.writeValueAsString(errors);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }

    private List<Problem.Field> read(String errors) {
        try {
            return List.of(json.readValue(errors, Problem.Field[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem that was kept is no JSON", e);
        }
    }
}
