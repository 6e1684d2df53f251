package io.rapport.platform.http;

import io.rapport.platform.Refusal;
import java.util.Optional;

/**
 * What a service answers when the database refuses, by a named constraint, what a race let past the
 * domain. A bean for each feature that has such constraints.
 */
public interface ConstraintRefusals {

    /** The refusal that {@code constraint} stands for, if it is one of this feature's. */
    Optional<Refusal> of(String constraint);
}
