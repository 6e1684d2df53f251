package io.rapport.loyalty.account;

import io.rapport.directory.Directory;
import io.rapport.directory.Relationship;
import io.rapport.loyalty.programme.Programme;
import io.rapport.loyalty.programme.Programmes;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads all that is held of a customer, page by page, whoever asks for it. */
@ApplicationScoped
class LoyaltyExports {

    private final Accounts accounts;
    private final Programmes programmes;
    private final Directory directory;
    private final Versions versions;

    LoyaltyExports(
            Accounts accounts, Programmes programmes, Directory directory, Versions versions) {
        this.accounts = accounts;
        this.programmes = programmes;
        this.directory = directory;
        this.versions = versions;
    }

    /** A cursor of somebody else's export is refused. */
    LoyaltyExport of(Relationship of, PageRequest page) {
        String list = "export of loyalty of " + of.survivor();
        @Nullable UUID before = page.after(list).map(cursor -> cursor.uuid(0)).orElse(null);
        versions.read(of.members());
        Programme programme = programmes.standard();
        Page<Entry> found =
                Page.of(
                        accounts.entriesBefore(
                                before, of.members(), programme, page.limitPlusOne()),
                        page.limit(),
                        list,
                        last -> Cursor.of(last.id()));
        List<Standing> standings =
                accounts.of(of.members(), programme).stream()
                        .map(account -> Standing.of(account, programme))
                        .toList();
        return new LoyaltyExport(
                of.survivor(),
                of.members(),
                directory.identities(of.members()),
                standings,
                found.items(),
                found.next());
    }
}
