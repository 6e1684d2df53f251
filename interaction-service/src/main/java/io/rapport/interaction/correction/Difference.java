package io.rapport.interaction.correction;

import io.rapport.interaction.Circumstances;
import io.rapport.interaction.Interaction;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which members of an interaction a correction changes, by their JSON pointers. */
record Difference(Interaction from, Interaction to) {

    /** Sorted; never a value. */
    List<String> paths() {
        Set<String> paths = new TreeSet<>();
        add(paths, "/touchpoint", Interaction::touchpoint);
        add(paths, "/subject", Interaction::subject);
        add(paths, "/text", Interaction::text);
        addMore(paths, "/employee", Circumstances::employee);
        addMore(paths, "/team", Circumstances::team);
        addMore(paths, "/reference", Circumstances::reference);
        addMore(paths, "/device", Circumstances::device);
        addMore(paths, "/place", Circumstances::place);
        // By its text: what was read back may have other classes for the same numbers.
        addMore(paths, "/attributes", more -> Objects.toString(more.attributes(), null));
        addMore(paths, "/emotions", Circumstances::emotions);
        addMore(paths, "/outcome", Circumstances::outcome);
        addMore(paths, "/duration", Circumstances::duration);
        addMore(paths, "/wait", Circumstances::waited);
        return List.copyOf(paths);
    }

    private void add(
            Set<String> paths, String path, Function<Interaction, @Nullable Object> member) {
        if (!Objects.equals(member.apply(from), member.apply(to))) {
            paths.add(path);
        }
    }

    private void addMore(
            Set<String> paths, String path, Function<Circumstances, @Nullable Object> member) {
        add(paths, path, interaction -> member.apply(interaction.circumstances()));
    }
}
