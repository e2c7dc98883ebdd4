package io.ridethrough.cli;

import io.ridethrough.breakglass.BreakGlass;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is about one site's folder, and needs no service. */
@Command(
        name = "site",
        description = "What is about one site's contracts; needs no service.",
        subcommands = {
            SiteNewCommand.class,
            SiteDiscoverCommand.class,
            SiteImportCommand.class,
            SiteDiffCommand.class,
            SiteCommand.Export.class,
            SiteDocsCommand.class
        })
final class SiteCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: site new, discover, import, diff, export or docs.");
    }

    /** Writes what a person needs who must do without us. */
    @Command(
            name = "export",
            description = "Writes one page to print and a shell script that take the site down and bring it back"
                    + " without Ridethrough, without a name service and without Java.")
    static final class Export implements Callable<Integer> {
        @Mixin
        private final Installation installation = new Installation();

        @Parameters(paramLabel = "SITE", description = "The site.")
        private String site = "";

        @Option(names = "--contracts", paramLabel = "FOLDER", description = "The contracts (default: as configured).")
        private @Nullable Path contracts;

        @Option(names = "--to", paramLabel = "FOLDER", description = "Where to (default: ${DEFAULT-VALUE}).")
        private Path to = Path.of("break-glass");

        @Override
        public Integer call() {
            Path at = contracts == null ? installation.settings().path("ridethrough.contracts") : contracts;
            Contracts read = new ContractFolder(at).contracts();
            SiteId id = read.sites().keySet().stream()
                    .filter(known -> known.toString().equals(site))
                    .findFirst()
                    .orElseThrow(() -> new UserError("no site \"" + site + "\" is declared; known are "
                            + read.sites().keySet()));
            try {
                BreakGlass.Written written = BreakGlass.write(read, id, to, Instant.now());
                System.out.println("To print: " + written.page());
                System.out.println("To run:   sh " + written.script() + " down   (shows; --execute does it)");
                return Exit.WELL;
            } catch (IOException e) {
                throw new UserError(to + ": error: cannot be written: " + e.getMessage());
            }
        }
    }
}
