package io.rapport.customer.history;

import io.rapport.platform.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which change of one customer: the version that it came with, and its place among that one's. */
public record ChangeId(long version, int ordinal) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,9})");

    static ChangeId parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw unknown();
        }
        return new ChangeId(Long.parseLong(form.group(1)), Integer.parseInt(form.group(2)));
    }

    static Refusal unknown() {
        return Refusal.notFound("unknown-change", "The customer's history has no such change.");
    }

    @Override
    public String toString() {
        return version + "." + ordinal;
    }
}
