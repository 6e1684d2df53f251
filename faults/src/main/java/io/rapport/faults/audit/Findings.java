package io.rapport.faults.audit;

import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects what one audit finds. For one thread. */
final class Findings {
    private final String audit;
    private final List<Finding> found = new ArrayList<>();

    Findings(String audit) {
        this.audit = audit;
    }

    @FormatMethod
    void add(String format, Object... values) {
        found.add(new Finding(audit, String.format(Locale.ROOT, format, values)));
    }

    /** A finding unless both are equal. */
    void expect(String what, Object expected, Object held) {
        if (!expected.equals(held)) {
            add("%s is %s instead of %s", what, held, expected);
        }
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
