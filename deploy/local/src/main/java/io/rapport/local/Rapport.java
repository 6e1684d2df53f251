package io.rapport.local;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Entrance of the commands that {@code ./rapport} hands over. Exit codes: 0 done, 1 refused or
 * differing, 2 misused.
 */
@Command(
        name = "rapport",
        description = "The Rapport stack on this machine.",
        subcommands = {UpCommand.class, DownCommand.class, TokenCommand.class, DemoCommand.class})
public final class Rapport {
    private Rapport() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Rapport());
        line.getSubcommands().values().forEach(Rapport::addHelp);
        Entrance.run(line, arguments);
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Show this help.")
                                .build());
    }
}
