package io.ridethrough.document;

import io.ridethrough.breakglass.WholeFile;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The documents of sites as they lie on disk, one folder a site. What people put beside them is left alone.
 *
 * @param secrets the folder of secrets, as it is shown
 */
public record DocumentFolder(Path root, Contracts contracts, String secrets) {
    private static final Pattern STAMP = Pattern.compile("Rendered on (\\d{4}-\\d{2}-\\d{2}) from contracts ");
    private static final String FIRST = "index.html";

    /** What was found in a site's folder: files that are not what contracts say now, and names of what is not there. */
    public record Seen(List<String> stale, List<String> destroyed, List<String> undeclared) {
        public Seen {
            stale = List.copyOf(stale);
            destroyed = List.copyOf(destroyed);
            undeclared = List.copyOf(undeclared);
        }
    }

    /** Where the documents of a site are. */
    public Path of(SiteId site) {
        return root.resolve(site.value());
    }

    /**
     * Writes what is not there as it should be; files that are right already keep the day on which they were made.
     *
     * @return what was written, empty when all was right
     */
    public List<Path> renew(SiteId site, LocalDate today) throws IOException {
        if (stale(site).isEmpty()) {
            return List.of();
        }
        Path folder = Files.createDirectories(of(site));
        List<Path> written = new ArrayList<>();
        for (Document document : rendered(site, today)) {
            Path file = folder.resolve(document.name());
            WholeFile.write(file, document.text());
            written.add(file);
        }
        return written;
    }

    /** What is in the folder of a site, against what is declared now. */
    public Seen look(SiteId site) throws IOException {
        Names names = Names.of(contracts, site);
        List<String> destroyed = new ArrayList<>();
        List<String> undeclared = new ArrayList<>();
        for (Names.Page page : Names.pages(of(site))) {
            names.destroyedIn(page.text()).forEach(name -> destroyed.add(page.name() + ": " + name));
            names.undeclaredIn(page.text()).forEach(name -> undeclared.add(page.name() + ": " + name));
        }
        return new Seen(stale(site), destroyed, undeclared);
    }

    private List<String> stale(SiteId site) throws IOException {
        List<String> stale = new ArrayList<>();
        for (Document document : rendered(site, made(site))) {
            Path file = of(site).resolve(document.name());
            if (!Files.isRegularFile(file)) {
                stale.add(document.name() + " is missing");
            } else if (!Files.readString(file, StandardCharsets.ISO_8859_1)
                    .equals(new String(
                            document.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))) {
                stale.add(document.name() + " is not what the contracts say");
            }
        }
        return stale;
    }

    private List<Document> rendered(SiteId site, LocalDate made) {
        return Documents.of(contracts, site, secrets, new Stamp(contracts.digestOf(site), made));
    }

    /** The day that stands in the folder; any other where none does. */
    private LocalDate made(SiteId site) throws IOException {
        Path first = of(site).resolve(FIRST);
        if (Files.isRegularFile(first)) {
            Matcher stamp = STAMP.matcher(Files.readString(first, StandardCharsets.ISO_8859_1));
            if (stamp.find()) {
                try {
                    return LocalDate.parse(stamp.group(1));
                } catch (DateTimeParseException e) {
                    return LocalDate.EPOCH;
                }
            }
        }
        return LocalDate.EPOCH;
    }
}
