package io.rapport.interaction.clock;

import io.rapport.interaction.clock.RulesRows.Versioned;
import io.rapport.interaction.type.Preconditions;
import io.rapport.interaction.type.Vocabularies;
import io.rapport.platform.Refusal;
import io.rapport.platform.http.ConstraintRefusals;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes new versions of the rules; of two who change the same one, the primary key lets one. */
@ApplicationScoped
class RulesChanges {

    private final RulesRows rows;
    private final Vocabularies vocabularies;
    private final Caller caller;
    private final Clock clock;

    RulesChanges(RulesRows rows, Vocabularies vocabularies, Caller caller, Clock clock) {
        this.rows = rows;
        this.vocabularies = vocabularies;
        this.caller = caller;
        this.clock = clock;
    }

    @Transactional
    Versioned change(ClockRules rules, @Nullable String ifMatch) {
        Versioned newest = rows.newest();
        Preconditions.requireMatch(ifMatch, newest.version());
        new RulesCheck(vocabularies.current()).require(rules);
        if (rules.equals(newest.rules())) {
            return newest;
        }
        Versioned changed = new Versioned(newest.version() + 1, rules);
        rows.insert(changed, clock.instant(), caller.subject());
        return changed;
    }

    /** Who comes second has changed what is not the newest any more. */
    @Singleton
    static final class Overtaken implements ConstraintRefusals {

        @Override
        public Optional<Refusal> of(String constraint) {
            return constraint.equals("clock_rules_are_changed_once")
                    ? Optional.of(
                            Refusal.preconditionFailed(
                                    "stale-version",
                                    "It has changed since you read it. Read it again and repeat the change."))
                    : Optional.empty();
        }
    }
}
