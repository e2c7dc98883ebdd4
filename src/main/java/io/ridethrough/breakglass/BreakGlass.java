package io.ridethrough.breakglass;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Writes what a person needs who must do without us. */
public final class BreakGlass {
    private BreakGlass() {}

    /** The two files of one site. */
    public record Written(Path script, Path page) {}

    /**
     * Writes {@code <site>.sh} and {@code <site>.html} into a folder, each whole or not at all; what was there before is
     * replaced. Neither holds a secret.
     *
     * @param made the time that stands on both
     */
    public static Written write(Contracts contracts, SiteId site, Path folder, Instant made) throws IOException {
        Sheet sheet = Sheet.of(contracts, site, made);
        Files.createDirectories(folder);
        Path script = folder.resolve(site + ".sh");
        Path page = folder.resolve(site + ".html");
        WholeFile.write(script, Script.of(sheet));
        WholeFile.write(page, Page.of(sheet));
        return new Written(script, page);
    }
}
