package io.ridethrough.cli;

import io.ridethrough.journal.JournalException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What went wrong, in words for the person at the terminal: never a stack trace for what that person can mend. */
final class Explained {
    private static final Logger LOG = LoggerFactory.getLogger(Explained.class);

    private Explained() {}

    /** Trouble while a command was carried out. */
    static int trouble(Exception trouble, CommandLine command, CommandLine.@Nullable ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (trouble instanceof UserError || trouble instanceof JournalException) {
            err.println(trouble.getMessage());
            return Exit.REFUSED;
        }
        if (trouble instanceof ServiceClient.NoService) {
            err.println(trouble.getMessage());
            return Exit.NO_SERVICE;
        }
        LOG.atError().setCause(trouble).log("The program broke");
        err.println(
                "ridethrough broke: " + trouble.getMessage() + ". This is a fault of the program; the log says where.");
        return Exit.BROKEN;
    }

    /** A command line that cannot be understood. */
    static int usage(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(mistake.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("What can be said here: " + command.getCommandSpec().qualifiedName() + " --help");
        return Exit.USAGE;
    }
}
