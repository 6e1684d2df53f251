package io.rapport.local;

import io.rapport.local.stack.LocalFolder;
import io.rapport.local.stack.LocalSecrets;
import io.rapport.local.stack.LocalToken;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "token",
        description = "Prints a token that the local services accept for 12 hours.")
final class TokenCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "ROLE",
            arity = "1..*",
            description = "agent, manager, partner, customer or admin; several are possible.")
    private final Set<String> roles = new LinkedHashSet<>();

    @Option(
            names = "--subject",
            paramLabel = "S",
            description = "Whom the token speaks for (default: local-ROLE).")
    private @Nullable String subject;

    @Option(
            names = "--source",
            paramLabel = "S",
            description = "A source that a partner may bring in; give it again for more.")
    private final List<String> sources = new ArrayList<>();

    @Override
    public Integer call() {
        String speaksFor = subject == null ? "local-" + roles.iterator().next() : subject;
        LocalToken token = new LocalToken(roles, speaksFor, sources);
        System.out.println(token.signed(LocalSecrets.of(LocalFolder.current()), Clock.systemUTC()));
        return 0;
    }
}
