package io.rapport.customer.merge;

import io.rapport.customer.consent.MergedConsents;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.ETags;
import io.rapport.customer.profile.MergeLinks;
import io.rapport.customer.profile.MergeRegister;
import io.rapport.customer.profile.Merged;
import io.rapport.customer.profile.Merged.Member;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the merge of one customer: it stands as it was, and so does the survivor, but for what was
 * edited meanwhile, which is the survivor's, and for withdrawn consents, which stay withdrawn.
 */
@ApplicationScoped
public class Unmerging {

    /** The customer by itself, and the survivor without it. */
    public record Unmerged(Customer customer, Customer survivor) {}

    private record Plan(Merged before, Member leaving) {}

    private final CustomerRows rows;
    private final CustomerRegister register;
    private final MergeLinks links;
    private final MergeRegister merges;
    private final MergedConsents consents;
    private final Clock clock;

    Unmerging(
            CustomerRows rows,
            CustomerRegister register,
            MergeLinks links,
            MergeRegister merges,
            MergedConsents consents,
            Clock clock) {
        this.rows = rows;
        this.register = register;
        this.links = links;
        this.merges = merges;
        this.consents = consents;
        this.clock = clock;
    }

    /** How both would stand; refused as the unmerge itself would be. */
    @Transactional
    public Unmerged preview(CustomerReference member, @Nullable String ifMatch) {
        Plan plan = plan(member, ifMatch);
        return new Unmerged(
                plan.leaving.customer().unmerged(), plan.before.without(plan.leaving).view());
    }

    @Transactional
    public Unmerged unmerge(CustomerReference member, @Nullable String ifMatch) {
        Plan plan = plan(member, ifMatch);
        UUID survivor = plan.before.own().id();
        UUID leaving = plan.leaving.customer().id();
        Instant now =
                consents.after(
                        List.of(survivor, leaving), clock.instant().truncatedTo(ChronoUnit.MICROS));
        // What its own log has told last, when it still stood by itself.
        MergedConsents.Held told =
                consents.held(leaving, plan.leaving.link().mergedAt().minus(1, ChronoUnit.MICROS));
        MergedConsents.Held allowed = consents.held(survivor, now);
        Customer left = merges.unmerge(plan.before, plan.leaving, now);
        consents.tell(allowed, now);
        consents.tell(told, now);
        return new Unmerged(left, links.of(survivor).view());
    }

    private Plan plan(CustomerReference reference, @Nullable String ifMatch) {
        Customer named =
                rows.named(reference).orElseThrow(() -> rows.missing(reference)).customer();
        UUID survivor = named.requireNotErased().merges().survivor();
        if (survivor == null) {
            throw notMerged();
        }
        register.lock(List.of(survivor, named.id()));
        Merged before = links.of(survivor);
        before.own().requireNotErased();
        Member leaving =
                before.members().stream()
                        .filter(member -> member.customer().id().equals(named.id()))
                        .findFirst()
                        .orElseThrow(Unmerging::notMerged);
        ETags.requireMatch(ifMatch, before.own().version());
        return new Plan(before, leaving);
    }

    private static Refusal notMerged() {
        return Refusal.conflict("not-merged", "This customer is not merged into another one.");
    }
}
