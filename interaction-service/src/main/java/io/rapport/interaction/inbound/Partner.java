package io.rapport.interaction.inbound;

import java.util.Set;

/** Who writes to the topic {@code inbound}, and reads in {@code rejected} what was refused. */
record Partner(String name, Set<String> sources, String inbound, String rejected) {

    static Partner of(String prefix, String name, Set<String> sources) {
        return new Partner(
                name,
                Set.copyOf(sources),
                prefix + ".inbound." + name + ".v1",
                prefix + ".rejected." + name + ".v1");
    }

    boolean speaksFor(String source) {
        return sources.contains(source);
    }
}
