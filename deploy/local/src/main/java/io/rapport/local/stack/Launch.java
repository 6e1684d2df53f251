package io.rapport.local.stack;

import java.util.List;
import java.util.Map;

/**
 * A command line and what is added to its environment. Secrets go by environment: anybody may list
 * processes.
 */
record Launch(List<String> command, Map<String, String> environment) {
    Launch(List<String> command) {
        this(command, Map.of());
    }
}
