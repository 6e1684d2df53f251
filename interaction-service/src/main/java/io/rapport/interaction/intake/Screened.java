package io.rapport.interaction.intake;

/** What the checks made of a submission. */
public sealed interface Screened {

    /** It may be recorded. */
    record Passed(Resolved submission) implements Screened {}

    /** It may not, and why: a rule said no, or it is no JSON. */
    record Refused(Exception why) implements Screened {}
}
