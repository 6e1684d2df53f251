package io.rapport.loyalty.audit;

import io.rapport.loyalty.account.Account;
import io.rapport.loyalty.account.Accounts;
import io.rapport.loyalty.account.Entry;
import io.rapport.loyalty.audit.AuditReport.Difference;
import io.rapport.loyalty.programme.Programme;
import io.rapport.loyalty.programme.Programmes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Folds every entry of the ledger in bounded pages and compares. It takes no lock and no snapshot
 * while points go on moving: an account read at a version is the fold of exactly its entries up to
 * that number, whenever they are read. One that has entries beyond has moved on meanwhile, or was
 * set back: a second look at its version tells.
 */
@ApplicationScoped
public class Audit {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Accounts accounts;
    private final Programmes programmes;
    private final AuditConfig config;

    Audit(Accounts accounts, Programmes programmes, AuditConfig config) {
        this.accounts = accounts;
        this.programmes = programmes;
        this.config = config;
    }

    /** Audits all accounts that were there when their page was read. */
    public AuditReport run() {
        Tally tally = new Tally();
        List<Account> page = accounts.accountsAfter(BEFORE_ALL, "", config.accountsPerPage());
        while (!page.isEmpty()) {
            audit(page, tally);
            Account last = page.getLast();
            page =
                    accounts.accountsAfter(
                            last.customer(), last.programme(), config.accountsPerPage());
        }
        return new AuditReport(
                tally.accounts, tally.entries, tally.differing, List.copyOf(tally.differences));
    }

    private void audit(List<Account> page, Tally tally) {
        Programme programme = programmes.standard();
        Map<Key, Folded> folds = new LinkedHashMap<>();
        page.forEach(account -> folds.put(Key.of(account), new Folded(account, programme)));
        Account first = page.getFirst();
        List<Entry> entries = entriesAfter(first.customer(), first.programme(), 0, page);
        while (!entries.isEmpty()) {
            for (Entry entry : entries) {
                Folded folded = folds.get(new Key(entry.customer(), entry.programme()));
                if (folded != null && folded.add(entry)) {
                    tally.entries++;
                }
            }
            Entry last = entries.getLast();
            entries = entriesAfter(last.customer(), last.programme(), last.number(), page);
        }
        folds.values().forEach(folded -> tally.count(folded.account, faults(folded)));
    }

    private List<Entry> entriesAfter(
            UUID customer, String programme, long number, List<Account> page) {
        return accounts.entriesAfter(
                customer, programme, number, page.getLast(), config.entriesPerPage());
    }

    private List<String> faults(Folded folded) {
        List<String> faults = new ArrayList<>(folded.fold.compareWith(folded.account));
        if (folded.last > folded.account.version()) {
            long version = accounts.versionOf(folded.account);
            if (version < folded.last) {
                faults.add(
                        "version is %d, the entries go on to %d".formatted(version, folded.last));
            }
        }
        return faults;
    }

    private record Key(UUID customer, String programme) {
        static Key of(Account account) {
            return new Key(account.customer(), account.programme());
        }
    }

    /** An account, the fold of its entries up to its version, and the last entry that there is. */
    private static final class Folded {
        private final Account account;
        private final Fold fold;
        private long last;

        Folded(Account account, Programme programme) {
            this.account = account;
            this.fold = new Fold(programme);
        }

        /** False for an entry that is younger than what was read of the account. */
        boolean add(Entry entry) {
            last = entry.number();
            if (last > account.version()) {
                return false;
            }
            fold.add(entry);
            return true;
        }
    }

    /** What was found so far. */
    private final class Tally {
        private final List<Difference> differences = new ArrayList<>();
        private long accounts;
        private long entries;
        private long differing;

        void count(Account account, List<String> faults) {
            accounts++;
            if (faults.isEmpty()) {
                return;
            }
            differing++;
            if (differences.size() < config.differencesReported()) {
                differences.add(new Difference(account.customer(), account.programme(), faults));
            }
        }
    }
}
