package io.rapport.interaction.fact;

import io.rapport.interaction.ReportWindow;
import io.rapport.interaction.fact.RepetitionCounts.Filter;
import io.rapport.interaction.fact.RepetitionCounts.Place;
import io.rapport.interaction.fact.RepetitionFigures.Counted;
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

/** What customers have to say twice, to whom and by which way. */
@Path("/interactions/reports/repetition")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.MANAGER, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "Facts")
public class RepetitionReportResource {

    /** Figures of fewer customers than these say too much of each of them. */
    private static final int FEWEST_CUSTOMERS = 5;

    private static final String CHANNEL = "^[A-Z][A-Z0-9_]{0,39}$";
    private static final String TEAM = "^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$";

    private final RepetitionCounts counts;
    private final Clock clock;

    RepetitionReportResource(RepetitionCounts counts, Clock clock) {
        this.counts = counts;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "reportRepetition",
            summary = "Read how often customers had to repeat what we knew",
            description =
                    "Over a window of days in UTC, by key, channel and team: of the interactions in which something was"
                            + " stated or asked under the key, those in which we knew it. What concerns fewer than five"
                            + " customers in the window, of whom those that were merged are one, is left out, so a page"
                            + " may have fewer rows than its limit.")
    @APIResponse(responseCode = "200", description = "A page of figures.")
    @APIResponse(responseCode = "400", ref = "Problem")
    public Page<RepetitionFigures> report(
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
            @QueryParam("key")
                    @Pattern(regexp = FactFilter.SLUG, message = FactFilter.SLUG_RULE)
                    @Parameter(description = "Only this key.", example = "household-size")
                    @Nullable String key,
            @QueryParam("channel")
                    @Pattern(regexp = CHANNEL, message = "must be a channel's code")
                    @Parameter(description = "Only this channel.", example = "PHONE")
                    @Nullable String channel,
            @QueryParam("team")
                    @Pattern(regexp = TEAM, message = FactFilter.SLUG_RULE)
                    @Parameter(description = "Only this team.", example = "first-line")
                    @Nullable String team,
            @BeanParam PageRequest page) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        ReportWindow window = ReportWindow.parse(from, to, today);
        Filter filter = new Filter(key, channel, team);
        String filters = "report of repetition " + filter + " " + window;
        Place after =
                page.after(filters)
                        .map(at -> new Place(at.text(0), at.text(1), at.text(2)))
                        .orElse(Place.BEGIN);
        List<Counted> rows =
                counts.report(window, filter, after, FEWEST_CUSTOMERS, page.limitPlusOne());
        Page<Counted> counted =
                Page.of(
                        rows,
                        page.limit(),
                        filters,
                        one -> Cursor.of(one.key(), one.channel(), one.team()));
        return new Page<>(
                counted.items().stream()
                        .filter(one -> one.customers() >= FEWEST_CUSTOMERS)
                        .map(Counted::figures)
                        .toList(),
                counted.next());
    }
}
