package io.rapport.customer.consent;

import io.rapport.customer.profile.ETags;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes, changes and deletes purposes; the row of a purpose decides between two who change it. */
@ApplicationScoped
class Purposes {

    /** The purpose as it is now, and whether this call made it. */
    record Put(ConsentPurpose purpose, boolean made) {}

    private final PurposeRows rows;
    private final Clock clock;

    Purposes(PurposeRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    ConsentPurpose require(String key) {
        return rows.find(key).orElseThrow(Purposes::notFound);
    }

    List<ConsentPurpose> page(String after, int limit) {
        return rows.page(after, limit);
    }

    /** The purpose that a consent names; it cannot be deleted until the transaction ends. */
    @Transactional(TxType.MANDATORY)
    ConsentPurpose keep(String key) {
        return rows.keep(key).orElseThrow(() -> unknown("/purpose"));
    }

    /**
     * Makes the purpose with {@code If-None-Match: *}, changes it with {@code If-Match}: 428
     * without either, 412 when it is not as they say.
     */
    @Transactional
    Put put(
            String key,
            PurposeTerms terms,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch) {
        Optional<ConsentPurpose> known = rows.hold(key);
        if (known.isPresent()) {
            return new Put(change(known.get(), terms, ifMatch, ifNoneMatch), false);
        }
        ETags.requireMayMake(ifMatch, ifNoneMatch);
        ConsentPurpose made = ConsentPurpose.make(key, terms, now());
        if (!rows.insert(made)) {
            throw exists();
        }
        return new Put(made, true);
    }

    private ConsentPurpose change(
            ConsentPurpose current,
            PurposeTerms terms,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch) {
        if (!ETags.noneMatch(ifNoneMatch, current.version())) {
            throw exists();
        }
        ETags.requireMatch(ifMatch, current.version());
        ConsentPurpose changed = current.change(terms, now());
        if (changed.version() != current.version()) {
            rows.update(changed);
        }
        return changed;
    }

    /** Refused by the database when anybody has said something of it; it can be retired then. */
    @Transactional
    ConsentPurpose delete(String key, @Nullable String ifMatch) {
        ConsentPurpose current = rows.hold(key).orElseThrow(Purposes::notFound);
        ETags.requireMatch(ifMatch, current.version());
        rows.delete(key);
        return current;
    }

    /** A field or parameter names a purpose that there is not. */
    static Refusal unknown(String pointer) {
        return Refusal.invalid(
                "unknown-consent-purpose",
                "There is no such consent purpose: /consent-purposes lists those that there are.",
                new FieldError(pointer, "must be the key of a consent purpose"));
    }

    private static Refusal notFound() {
        return Refusal.notFound(
                "unknown-consent-purpose", "There is no consent purpose with this key.");
    }

    private static Refusal exists() {
        return Refusal.preconditionFailed(
                "consent-purpose-exists", "There is a purpose with this key already.");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
