package io.rapport.interaction.promise;

import io.rapport.interaction.ReportWindow;
import io.rapport.interaction.promise.PromiseCounts.Place;
import io.rapport.interaction.promise.PromiseFigures.Counted;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How reliable teams are, by kind of promise. */
@Path("/interactions/reports/promises")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.MANAGER, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "Promises")
public class PromiseReportResource {

    /** Figures of fewer customers than these say too much of each of them. */
    private static final int FEWEST_CUSTOMERS = 5;

    private final PromiseCounts counts;
    private final Clock clock;

    PromiseReportResource(PromiseCounts counts, Clock clock) {
        this.counts = counts;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "reportPromises",
            summary = "Read what teams promised of each kind, and how it came out",
            description =
                    "Over a window of days in UTC, by team and kind: each promise is counted on the day on which it was"
                            + " made, and on the one on which it came out. What concerns fewer than five customers in"
                            + " the window, of whom those that were merged are one, is left out, so a page may"
                            + " have fewer rows than its limit.")
    @APIResponse(responseCode = "200", description = "A page of figures.")
    @APIResponse(responseCode = "400", ref = "Problem")
    public Page<PromiseFigures> report(
            @QueryParam("from")
                    @Parameter(
                            description = "The first day; without it, 30 days before `to`.",
                            schema = @Schema(type = SchemaType.STRING, format = "date"))
                    @Nullable String from,
            @QueryParam("to")
                    @Parameter(
                            description =
                                    "The day before which it ends, 366 days after the first at most; without it, tomorrow.",
                            schema = @Schema(type = SchemaType.STRING, format = "date"))
                    @Nullable String to,
            @QueryParam("team")
                    @Pattern(regexp = NewPromise.SLUG, message = NewPromise.SLUG_RULE)
                    @Parameter(description = "Only this team.", example = "support")
                    @Nullable String team,
            @BeanParam PageRequest page) {
        ReportWindow window =
                ReportWindow.parse(from, to, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        String filters = "report of promises " + team + " " + window;
        Place after = page.after(filters).map(at -> new Place(at.text(0), at.text(1))).orElse(null);
        List<Counted> rows =
                counts.report(window, team, after, FEWEST_CUSTOMERS, page.limitPlusOne());
        Page<Counted> counted =
                Page.of(rows, page.limit(), filters, one -> Cursor.of(one.team(), one.kind()));
        return new Page<>(
                counted.items().stream()
                        .filter(one -> one.customers() >= FEWEST_CUSTOMERS)
                        .map(Counted::figures)
                        .toList(),
                counted.next());
    }
}
