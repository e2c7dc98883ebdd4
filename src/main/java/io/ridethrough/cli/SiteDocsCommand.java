package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.document.DocumentFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What people read about sites, rendered from contracts alone. */
@Command(
        name = "docs",
        description =
                "Writes what people read about a site, from the contracts alone: boot runbook, reboot health gate,"
                        + " power map, network and DHCP table, onboarding sheet, least privilege. The same contracts give the"
                        + " same files.")
final class SiteDocsCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "SITE", arity = "0..*", description = "The sites (default: all).")
    private List<String> sites = List.of();

    @Option(names = "--contracts", paramLabel = "FOLDER", description = "The contracts (default: as configured).")
    private @Nullable Path contracts;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where to (default: documents, where serve keeps them).")
    private @Nullable Path out;

    @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "The day that stands on them (default: today).")
    private @Nullable LocalDate date;

    @Override
    public Integer call() {
        Settings settings = installation.settings();
        Path at = contracts == null ? settings.path("ridethrough.contracts") : contracts;
        Contracts read = new ContractFolder(at).contracts();
        Path to = out == null ? new Home(settings.path("ridethrough.home")).documents() : out;
        DocumentFolder folder = SiteDocuments.folder(settings, read, to);
        for (Site site : chosen(read)) {
            write(folder, site);
        }
        return Exit.WELL;
    }

    private void write(DocumentFolder folder, Site site) {
        try {
            LocalDate day = date == null ? SiteDocuments.today(site, InstantSource.system()) : date;
            List<Path> written = folder.renew(site.id(), day);
            Path first = folder.of(site.id()).resolve("index.html");
            System.out.println(site.id() + ": "
                    + (written.isEmpty()
                            ? "all documents are as the contracts say"
                            : written.size() + " documents written")
                    + "; begin at " + first);
        } catch (IOException e) {
            throw new UserError(folder.of(site.id()) + ": error: cannot be written: " + e.getMessage());
        }
    }

    /** Those named, all of them when none is; nothing is written when one is not declared. */
    private List<Site> chosen(Contracts read) {
        for (String name : sites) {
            if (read.sites().keySet().stream().noneMatch(known -> known.value().equals(name))) {
                throw new UserError("no site \"" + name + "\" is declared; known are "
                        + read.sites().keySet());
            }
        }
        return read.sites().values().stream()
                .filter(site -> sites.isEmpty() || sites.contains(site.id().value()))
                .toList();
    }
}
