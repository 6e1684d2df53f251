package io.rapport.local;

import io.rapport.local.stack.CannotGoOn;
import java.io.IOException;
import java.util.Locale;
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
        line.setExecutionExceptionHandler((failure, command, parsed) -> tell(command, failure));
        System.exit(line.execute(arguments));
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Show this help.")
                                .build());
    }

    private static int tell(CommandLine command, Exception failure) throws Exception {
        String message = failure.getMessage();
        if (failure instanceof CannotGoOn && message != null) {
            command.getErr().println(message);
            return 1;
        }
        if (failure instanceof IOException && message != null && isFullDisk(message)) {
            command.getErr()
                    .println("The disk is full: make room and call this again. (" + message + ")");
            return 1;
        }
        throw failure;
    }

    private static boolean isFullDisk(String message) {
        return message.toLowerCase(Locale.ROOT).contains("no space left");
    }
}
