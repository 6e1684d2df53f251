package io.rapport.customer.profile;

/**
 * Whose value a merged customer shows where both have one. Whatever the rule, an edit made while
 * they are merged is shown.
 */
public enum MergeRule {
    /** The survivor's, and the member's where the survivor has none. Lists hold what both have. */
    FILL,
    /** The survivor's only. */
    SURVIVOR,
    /**
     * The member's, and the survivor's where the member has none. Contact points and relations are
     * those of both: each is a value of its own.
     */
    MEMBER
}
