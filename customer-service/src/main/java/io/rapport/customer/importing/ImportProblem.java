package io.rapport.customer.importing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.profile.PlainText;
import io.rapport.platform.http.Problem;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a row was refused: its number, and what problem documents say, but no value of it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(
        requiredProperties = {"row", "code", "detail"},
        examples = ImportProblem.EXAMPLE)
public record ImportProblem(long row, String code, String detail, List<Problem.Field> errors) {

    static final String EXAMPLE =
            """
            {"row": 17, "code": "invalid-fields", "detail": "Some fields are not as they must be.",
             "errors": [{"pointer": "/birthday", "reason": "must not lie ahead"}]}""";

    private static final int LONGEST_POINTER = 200;

    /** A pointer may have names that the file made up: as far as the database can store them. */
    static ImportProblem of(long row, Problem problem) {
        return new ImportProblem(
                row,
                problem.code(),
                problem.detail(),
                problem.errors().stream().map(ImportProblem::storable).toList());
    }

    private static Problem.Field storable(Problem.Field error) {
        String pointer = error.pointer();
        return pointer == null
                ? error
                : new Problem.Field(
                        PlainText.Validator.shown(pointer, LONGEST_POINTER),
                        error.parameter(),
                        error.reason());
    }
}
