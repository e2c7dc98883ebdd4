package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.document.DocumentFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The documents of every site, as the contracts in use have them. A folder that takes nothing stops nothing. */
final class SiteDocuments {
    private static final Logger LOG = LoggerFactory.getLogger(SiteDocuments.class);

    private final Executor executor;
    private final InstantSource clock;
    private volatile CompletableFuture<DocumentFolder> renewed = new CompletableFuture<>();

    /** No site has documents yet. */
    SiteDocuments(Executor executor, InstantSource clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /** The documents of all sites are made anew where they are not what that folder has them be; beside what else is done. */
    void follow(DocumentFolder folder) {
        renewed = CompletableFuture.supplyAsync(
                () -> {
                    folder.contracts().sites().values().forEach(site -> renew(folder, site));
                    return folder;
                },
                executor);
    }

    /** The documents of those contracts in a folder. */
    static DocumentFolder folder(Settings settings, Contracts contracts, Path at) {
        return new DocumentFolder(at, contracts, settings.text("ridethrough.home") + "/secrets");
    }

    /** What day it is at the site. */
    static LocalDate today(Site site, InstantSource clock) {
        return LocalDate.ofInstant(clock.instant(), site.zone());
    }

    private void renew(DocumentFolder folder, Site site) {
        try {
            List<Path> written = folder.renew(site.id(), today(site, clock));
            if (!written.isEmpty()) {
                LOG.atInfo()
                        .addKeyValue("site", site.id())
                        .log("{}: {} documents are made anew in {}", site.id(), written.size(), folder.of(site.id()));
            }
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("site", site.id()).log("The documents could not be renewed");
        }
    }

    /** What the folder of a site holds, once they were renewed. */
    CompletionStage<DocumentFolder.Seen> look(SiteId site) {
        return renewed.thenApplyAsync(
                folder -> {
                    try {
                        return folder.look(site);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                executor);
    }
}
