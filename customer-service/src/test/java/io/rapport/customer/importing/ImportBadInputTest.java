package io.rapport.customer.importing;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.importing.ImportsApi.made;
import static io.rapport.customer.importing.ImportsApi.plain;
import static io.rapport.customer.importing.ImportsApi.problems;
import static io.rapport.customer.importing.ImportsApi.rows;
import static io.rapport.customer.importing.ImportsApi.run;
import static io.rapport.customer.importing.ImportsApi.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a file, or with one row of it, and what becomes of the other rows then. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ImportBadInputTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nothing but line ends           | ~~                              | empty-file
                    nothing but the mark of UTF-8   | \uFEFF                          | empty-file
                    two columns of one name         | identity:shop,tags,tags~x,a,b   | duplicate-headers
                    a column that nobody knows      | identity:shop,shoe size~x,44    | unknown-columns
                    a customer for a header         | 17850,Ada~17851,Grace           | unknown-columns
                    a header with an open quote     | identity:shop,"tags~x,a         | unclosed-quote
                    an attribute with a zero byte   | identity:shop,attribute:a\0b~x,a | unknown-columns
                    a header with a zero byte       | identity:shop,ta\0gs~x,a        | unknown-columns
                    """)
    void a_file_that_cannot_be_taken_in_fails(String what, String file, String failure) {
        String content = file.replace('~', '\n').replace("\\0", "\0");

        Response told = run(plain("CSV", "UPSERT"), content);

        told.then().body("state", equalTo("FAILED")).body("failure", equalTo(failure));
        assertThat(problems(told)).singleElement().asString().contains("\"row\":0", failure);
    }

    @Test
    void a_column_that_was_named_and_is_not_there_fails_the_file() {
        String body =
                "{\"format\": \"CSV\", \"mode\": \"UPSERT\", \"columns\": {\"no\": \"identity:shop\", \"x\": \"tags\"}}";
        run(body, "no\n1\n").then().body("failure", equalTo("unknown-columns"));
        run(body.replace("\"x\"", "\"y\""), "no,y,y\n1,a,b\n")
                .then()
                .body("failure", equalTo("duplicate-headers"));
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE", "UTF-16BE", "UTF-16"})
    void a_file_in_utf_16_fails(String charset) {
        String text = charset.equals("UTF-16") ? "identity:shop\nx\n" : "\uFEFFidentity:shop\nx\n";
        run(plain("CSV", "UPSERT"), text.getBytes(Charset.forName(charset)))
                .then()
                .body("failure", equalTo("wrong-encoding"));
    }

    @Test
    void lines_without_any_row_are_an_empty_file() {
        run(plain("NDJSON", "UPSERT"), "\n\n").then().body("failure", equalTo("empty-file"));
    }

    @Test
    void a_header_without_rows_is_a_file_of_nobody() {
        Response told = run(plain("CSV", "UPSERT"), "identity:shop,givenName");
        told.then().body("state", equalTo("COMPLETED"));
        assertThat(rows(told)).containsExactly(0, 0, 0, 0);
    }

    @Test
    void a_mark_of_utf_8_before_the_header_is_none_of_its_name() {
        String no = newExternalId();
        Response told =
                run(
                        plain("CSV", "UPSERT"),
                        "\uFEFFidentity:shop,givenName\r\n%s,Ada\r\n".formatted(no));
        assertThat(rows(told)).containsExactly(1, 0, 0, 0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a quote that is not closed     | $,"Ada                       | unclosed-quote
                    text after a closing quote     | $,"Ada"s                     | malformed-row
                    a cell too few                 | $                            | wrong-number-of-cells
                    a cell too many                | $,Ada,x                      | wrong-number-of-cells
                    a zero byte in a cell          | $,A\\0da                     | /givenName
                    a zero byte in an id           | $\\0,Ada                     | invalid-external-id
                    no identity                    | ,Ada                         | identity-missing
                    a name that is too long        | $,%s                         | /givenName
                    """)
    void a_row_of_csv_that_is_wrong_holds_back_no_other(String what, String row, String problem) {
        String before = newExternalId();
        String after = newExternalId();
        String wrong =
                row.replace("$", newExternalId())
                        .replace("\\0", "\0")
                        .replace("%s", "x".repeat(101));

        Response told =
                run(
                        plain("CSV", "UPSERT"),
                        "identity:shop,givenName\n%s,Eve\n%s\n%s,Eve\n"
                                .formatted(before, wrong, after));

        told.then().body("state", equalTo("COMPLETED"));
        assertThat(rows(told)).containsExactly(2, 0, 0, 1);
        assertThat(problems(told)).singleElement().asString().contains("\"row\":3", problem);
        getBy(agent(), "shop", before).then().statusCode(200);
        getBy(agent(), "shop", after).then().statusCode(200);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    no JSON                     | {"identity:shop": "$"                         | malformed-json
                    no object                   | ["$"]                                         | malformed-row
                    a member twice              | {"identity:shop": "$", "identity:shop": "$"}  | twice
                    a member that nobody knows  | {"identity:shop": "$", "shoeSize": 44}        | /shoeSize
                    a number for a name         | {"identity:shop": "$", "givenName": 44}       | /givenName
                    a number for an id          | {"identity:shop": 44}                         | must be text
                    a zero byte                 | {"identity:shop": "$", "givenName": "\\u0000"} | /givenName
                    a zero byte in a name       | {"identity:shop": "$", "shoe\\u0000size": 44} | /shoe�size
                    a zero byte further in      | {"identity:shop": "$", "contactPoints": [{"a\\u0000": 1}]} | a�
                    a login                     | {"identities": [{"source": "login", "externalId": "$"}]} | reserved
                    an unknown country          | {"identity:shop": "$", "country": "XX"}       | /country
                    two preferred addresses     | {"identity:shop": "$", "contactPoints": [{"kind": "EMAIL", "value": "a@b.org", "preferred": true}, {"kind": "EMAIL", "value": "b@b.org", "preferred": true}]} | preferred-twice
                    """)
    void a_line_that_is_wrong_holds_back_no_other(String what, String line, String problem) {
        String good = "{\"identity:shop\": \"%s\", \"givenName\": \"Eve\"}\n";

        Response told =
                run(
                        plain("NDJSON", "UPSERT"),
                        good.formatted(newExternalId())
                                + line.replace("$", newExternalId())
                                + "\n"
                                + good.formatted(newExternalId()));

        assertThat(rows(told)).containsExactly(2, 0, 0, 1);
        assertThat(problems(told)).singleElement().asString().contains("\"row\":2", problem);
    }

    @Test
    void a_row_in_another_encoding_holds_back_no_other() {
        String good = newExternalId();
        byte[] file =
                "identity:shop,givenName\n%s,Zoë\n%s,Eve\n"
                        .formatted(newExternalId(), good)
                        .getBytes(StandardCharsets.ISO_8859_1);

        Response told = run(plain("CSV", "UPSERT"), file);

        assertThat(rows(told)).containsExactly(1, 0, 0, 1);
        assertThat(problems(told)).singleElement().asString().contains("wrong-encoding");
    }

    /** Twelve megabytes here; of a gigabyte RecordsTest shows that it takes no more memory. */
    @Test
    void a_line_over_many_parts_is_one_problem() {
        byte[] part = new byte[4 << 20];
        Arrays.fill(part, (byte) 'x');
        UUID id = made(plain("CSV", "UPSERT"));
        String good = newExternalId();
        ImportsApi.put(id, 1, "identity:shop,givenName\n".getBytes(StandardCharsets.UTF_8));
        for (int number = 2; number < 5; number++) {
            ImportsApi.put(id, number, part).then().statusCode(200);
        }
        ImportsApi.put(id, 5, "\n%s,Eve\n".formatted(good).getBytes(StandardCharsets.UTF_8));
        start(id);

        Response told = ImportsApi.ended(id);

        assertThat(rows(told)).containsExactly(1, 0, 0, 1);
        assertThat(problems(told)).singleElement().asString().contains("\"row\":2", "row-too-long");
    }

    @Test
    void text_of_any_script_is_kept() {
        String no = newExternalId();
        String name = "\u0645\u0631\u064A\u0645 e\u0301 \uD83D\uDC69\u200D\uD83D\uDD2C";

        run(plain("CSV", "UPSERT"), "identity:shop,givenName\n%s,%s\n".formatted(no, name));

        getBy(agent(), "shop", no).then().body("givenName", equalTo(name));
    }

    @Test
    void a_part_beyond_the_limit_of_a_body_is_refused() {
        UUID id = made(plain("CSV", "UPSERT"));
        ImportsApi.put(id, 1, new byte[(4 << 20) + 1])
                .then()
                .statusCode(413)
                .body("code", equalTo("body-too-large"));
        ImportsApi.cancel(id);
    }
}
