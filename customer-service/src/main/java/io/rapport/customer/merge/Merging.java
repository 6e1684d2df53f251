package io.rapport.customer.merge;

import io.quarkus.security.identity.SecurityIdentity;
import io.rapport.customer.consent.MergedConsents;
import io.rapport.customer.login.Logins;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.CustomerStatus;
import io.rapport.customer.profile.ETags;
import io.rapport.customer.profile.MergeLink;
import io.rapport.customer.profile.MergeLinks;
import io.rapport.customer.profile.MergeRegister;
import io.rapport.customer.profile.MergeRules;
import io.rapport.customer.profile.Merged;
import io.rapport.customer.profile.Merged.Member;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.security.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges customers into one who is not merged itself. The rows of all are held in the order of
 * their ids, so that of those who merge the same customers one comes first and the others see it.
 */
@ApplicationScoped
public class Merging {

    private record Plan(Merged before, List<Member> joining, Instant now) {
        Merged after() {
            return before.and(joining);
        }
    }

    private final CustomerRows rows;
    private final MergeLinks links;
    private final MergeRegister merges;
    private final MergedConsents consents;
    private final MergeRules rules;
    private final MergeLimits limits;
    private final SecurityIdentity caller;
    private final Clock clock;

    Merging(
            CustomerRows rows,
            MergeLinks links,
            MergeRegister merges,
            MergedConsents consents,
            MergeRules rules,
            MergeLimits limits,
            SecurityIdentity caller,
            Clock clock) {
        this.rows = rows;
        this.links = links;
        this.merges = merges;
        this.consents = consents;
        this.rules = rules;
        this.limits = limits;
        this.caller = caller;
        this.clock = clock;
    }

    /** What the survivor would show; refused as the merge itself would be. */
    @Transactional
    public Merged preview(
            CustomerReference survivor, @Nullable String ifMatch, MergeRequest asked) {
        return plan(survivor, ifMatch, asked).after();
    }

    @Transactional
    public Merged merge(CustomerReference survivor, @Nullable String ifMatch, MergeRequest asked) {
        Plan plan = plan(survivor, ifMatch, asked);
        MergedConsents.Held allowed = consents.held(plan.before.own().id(), plan.now);
        Merged merged = merges.merge(plan.before, plan.joining, asked.proof(), plan.now);
        consents.tell(allowed, plan.now);
        return merged;
    }

    private Plan plan(CustomerReference survivor, @Nullable String ifMatch, MergeRequest asked) {
        UUID into = named(survivor).requireNotErased().id();
        List<UUID> members =
                asked.members().stream().map(member -> named(member.customer()).id()).toList();
        requireDifferent(into, members);
        List<UUID> all = Stream.concat(Stream.of(into), members.stream()).toList();
        merges.lock(all);
        Merged before = links.of(into);
        if (before.own().requireNotErased().status() == CustomerStatus.MERGED) {
            throw Refusal.conflict(
                    "survivor-was-merged",
                    "The survivor was merged into another customer itself. Merge into that one.");
        }
        ETags.requireMatch(ifMatch, before.own().version());
        consents.requireRoom(all);
        Instant now = consents.after(all, clock.instant().truncatedTo(ChronoUnit.MICROS));
        List<Member> joining = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Customer member = requireMergeable(links.of(members.get(i)).own());
            joining.add(
                    new Member(
                            member,
                            new MergeLink(
                                    Ids.next(),
                                    member.id(),
                                    into,
                                    rules.of(member, asked.rules(i)),
                                    Set.of(),
                                    now)));
        }
        Plan plan = new Plan(before, joining, now);
        requireProof(plan, asked.proof());
        Merged after = plan.after();
        limits.require(after);
        merges.requirePossible(after);
        return plan;
    }

    private Customer named(CustomerReference reference) {
        return rows.named(reference).orElseThrow(() -> rows.missing(reference)).customer();
    }

    private static void requireDifferent(UUID survivor, List<UUID> members) {
        if (members.contains(survivor)) {
            throw Refusal.conflict(
                    "merge-into-oneself", "A customer cannot be merged into itself.");
        }
        if (Set.copyOf(members).size() < members.size()) {
            throw Refusal.conflict(
                    "member-named-twice", "Two of the members are the same customer.");
        }
    }

    private static Customer requireMergeable(Customer member) {
        switch (member.status()) {
            case ERASED ->
                    throw Refusal.conflict("member-erased", "One of the members was erased.");
            case MERGED ->
                    throw Refusal.conflict(
                            "already-merged",
                            "One of the members is merged already. Unmerge it first.");
            case ACTIVE -> {
                if (member.hasMembers()) {
                    throw Refusal.conflict(
                            "member-has-members",
                            "Others were merged into one of the members. Unmerge them first, and merge all into one.");
                }
            }
        }
        return member;
    }

    /** Who logs in reads all: that two logins are one person's needs somebody who stands for it. */
    private void requireProof(Plan plan, @Nullable String proof) {
        long logins =
                Stream.concat(
                                Stream.of(plan.before.view()),
                                plan.joining.stream().map(Member::customer))
                        .filter(customer -> !Logins.of(customer).isEmpty())
                        .count();
        if (logins > 1 && (proof == null || !caller.hasRole(Roles.MANAGER))) {
            throw Refusal.conflict(
                    "several-logins",
                    "Several of them have a login. A manager merges them, and states the proof that they are one.");
        }
    }
}
