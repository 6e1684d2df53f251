package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.node.TextNode;
import io.rapport.customer.CustomerEvent;
import io.rapport.customer.profile.Merged.Member;
import io.rapport.customer.profile.WrittenCustomers.Written;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes merges and their undoing for callers who hold the rows of all customers concerned: each
 * gets its next version, its place in the history, its events and its snapshot in one transaction.
 */
@ApplicationScoped
public class MergeRegister {

    /** What a customer's log and its snapshot are told. */
    private record Told(UUID customer, Runnable tell) {}

    private final CustomerRows rows;
    private final MergeLinks links;
    private final RelationRows relations;
    private final ChangeLog changeLog;
    private final Event<WrittenCustomers> written;
    private final Event<PublishedCustomers> published;
    private final Outbox outbox;

    MergeRegister(
            CustomerRows rows,
            MergeLinks links,
            RelationRows relations,
            ChangeLog changeLog,
            Event<WrittenCustomers> written,
            Event<PublishedCustomers> published,
            Outbox outbox) {
        this.rows = rows;
        this.links = links;
        this.relations = relations;
        this.changeLog = changeLog;
        this.written = written;
        this.published = published;
        this.outbox = outbox;
    }

    /**
     * Holds all that a merge of these customers rests on, until the transaction ends: their
     * relations, then their rows in the order of their ids.
     */
    @Transactional(TxType.MANDATORY)
    public void lock(List<UUID> customers) {
        relations.lockFor(customers);
        customers.stream().sorted(Ids.BY_VALUE).forEach(rows::lock);
    }

    /** Refuses what would let relations of one type run in a circle, or in too long a chain. */
    @Transactional(TxType.MANDATORY)
    public void requirePossible(Merged merged) {
        relations.requirePossible(merged);
    }

    /** The survivor with {@code joining}, whose own values stay as they are. */
    @Transactional(TxType.MANDATORY)
    public Merged merge(Merged before, List<Member> joining, @Nullable String proof, Instant now) {
        for (Member member : joining) {
            rows.stand(member.customer().next(CustomerStatus.MERGED, now));
            links.link(member.link(), proof);
        }
        Merged after = next(before, now);
        List<Written> changed = new ArrayList<>();
        changed.add(new Written(before.view(), after.view()));
        List<Told> told = new ArrayList<>();
        told.add(survivor(before, after));
        for (Member joined : after.members()) {
            if (joining.stream().anyMatch(one -> one.link().id().equals(joined.link().id()))) {
                told.add(member(joined, now));
            }
        }
        joining.forEach(
                member ->
                        changed.add(
                                new Written(
                                        member.customer(),
                                        member.customer().next(CustomerStatus.MERGED, now))));
        written.fire(new WrittenCustomers(changed));
        tell(told);
        published.fire(new PublishedCustomers(changed));
        return after;
    }

    /** The customer that was merged, as it stands by itself again. */
    @Transactional(TxType.MANDATORY)
    public Customer unmerge(Merged before, Member leaving, Instant now) {
        links.unlink(leaving.link(), now);
        rows.stand(leaving.customer().next(CustomerStatus.ACTIVE, now));
        Merged after = next(before, now);
        Customer left = rows.require(leaving.customer().id());
        List<Written> changed =
                List.of(
                        new Written(before.view(), after.view()),
                        new Written(leaving.customer(), left));
        written.fire(new WrittenCustomers(changed));
        tell(List.of(survivor(before, after), alone(left, leaving.link(), now)));
        published.fire(new PublishedCustomers(changed));
        return left;
    }

    private Merged next(Merged before, Instant now) {
        rows.stand(before.own().next(CustomerStatus.ACTIVE, now));
        return links.of(before.own().id());
    }

    private Told survivor(Merged before, Merged after) {
        Customer view = after.view();
        List<Change> changes = Contents.changes(before.view(), view);
        return new Told(
                view.id(),
                () -> {
                    changeLog.record(view, changes);
                    outbox.snapshot(
                            Topic.PROFILES, view.id(), view.version(), ProfileSnapshot.of(after));
                    outbox.publish(
                            new CustomerEvent.Changed(
                                    view.id(), view.updatedAt(), Change.members(changes)));
                });
    }

    private Told member(Member joined, Instant now) {
        MergeLink link = joined.link();
        TextNode survivor = new TextNode(link.survivor().toString());
        return new Told(
                link.member(),
                () -> {
                    changed(joined.customer(), new Change(Contents.SURVIVOR, null, survivor));
                    outbox.publish(
                            new CustomerEvent.Merged(
                                    link.member(), now, link.survivor(), link.id()));
                });
    }

    private Told alone(Customer left, MergeLink link, Instant now) {
        TextNode survivor = new TextNode(link.survivor().toString());
        return new Told(
                left.id(),
                () -> {
                    changed(left, new Change(Contents.SURVIVOR, survivor, null));
                    outbox.publish(
                            new CustomerEvent.Unmerged(left.id(), now, link.survivor(), link.id()));
                });
    }

    private void changed(Customer customer, Change change) {
        changeLog.record(customer, List.of(change));
        outbox.snapshot(
                Topic.PROFILES, customer.id(), customer.version(), ProfileSnapshot.of(customer));
    }

    /** In the order of ids, in which all who publish for several customers do. */
    private static void tell(List<Told> told) {
        told.stream()
                .sorted(Comparator.comparing(Told::customer, Ids.BY_VALUE))
                .map(Told::tell)
                .forEach(Runnable::run);
    }
}
