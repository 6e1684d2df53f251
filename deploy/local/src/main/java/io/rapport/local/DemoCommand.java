package io.rapport.local;

import io.rapport.local.demo.Demo;
import io.rapport.local.demo.LoadOptions;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.LocalFolder;
import io.rapport.local.stack.LocalPorts;
import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "demo",
        description =
                "Loads real purchases into the running stack and proves that every service holds them.")
final class DemoCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "Invoices as .csv or .csv.gz (default: the extract that comes with Rapport).")
    private @Nullable Path file;

    @Option(names = "--as-is", description = "Keep the dates of the file.")
    private boolean asIs;

    @Override
    public Integer call() {
        LocalFolder folder = LocalFolder.current();
        LocalPorts ports =
                folder.lastPorts()
                        .orElseThrow(
                                () ->
                                        new CannotGoOn(
                                                "The stack is not running: start it with ./rapport up"));
        LoadOptions options = asIs ? LoadOptions.USUAL.withDatesAsTheyAre() : LoadOptions.USUAL;
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new Demo(folder, ports, options, System.out, terminal)
                        .run(file)
                        .differences()
                        .isEmpty()
                ? 0
                : 1;
    }
}
