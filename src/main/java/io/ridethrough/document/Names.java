package io.ridethrough.document;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Ups;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a text of a site may not name: guests that the site excludes, and assets by their ids that nobody declares. */
final class Names {
    private static final int MOST_FILES = 500;
    private static final int MOST_BYTES = 2_000_000;
    private static final int DEEPEST = 4;

    private final List<Pattern> gone;
    private final Pattern id;
    private final Set<String> known;

    /** A file that can be read as text. */
    record Page(String name, String text) {}

    private Names(List<Pattern> gone, Pattern id, Set<String> known) {
        this.gone = gone;
        this.id = id;
        this.known = known;
    }

    static Names of(Contracts contracts, SiteId of) {
        Site site = Optional.ofNullable(contracts.sites().get(of)).orElseThrow();
        Set<String> own = site.assets().stream().map(asset -> asset.id().name()).collect(Collectors.toSet());
        List<Pattern> gone = site.excluded().stream()
                .map(Site.Excluded::name)
                .filter(name -> !name.isBlank() && !own.contains(name))
                .distinct()
                .map(name -> word(Pattern.quote(name)))
                .toList();
        String sites = contracts.sites().keySet().stream()
                .map(one -> Pattern.quote(one.value()))
                .collect(Collectors.joining("|"));
        Set<String> known = new TreeSet<>();
        contracts.sites().values().forEach(one -> Stream.concat(
                        one.assets().stream().map(Asset::id),
                        one.power().upses().stream().map(Ups::id))
                .map(AssetId::toString)
                .forEach(known::add));
        return new Names(gone, word("(?:" + sites + ")/[a-z0-9][a-z0-9-]*"), known);
    }

    private static Pattern word(String what) {
        return Pattern.compile("(?<![\\w/.-])" + what + "(?![\\w/-])", Pattern.CASE_INSENSITIVE);
    }

    Set<String> destroyedIn(String text) {
        return gone.stream().flatMap(name -> hits(name, text).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> undeclaredIn(String text) {
        Set<String> found = hits(id, text);
        found.removeAll(known);
        return found;
    }

    private static Set<String> hits(Pattern pattern, String text) {
        Set<String> hits = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            hits.add(matcher.group().toLowerCase(java.util.Locale.ROOT));
        }
        return hits;
    }

    /** Every text in a folder, up to a bound; none where there is no folder. Links are not followed. */
    static List<Page> pages(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Page> pages = new ArrayList<>();
        try (Stream<Path> below = Files.walk(folder, DEEPEST)) {
            for (Path file : below.filter(path -> Files.isRegularFile(path, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .limit(MOST_FILES)
                    .sorted()
                    .toList()) {
                String text = text(file);
                if (text.indexOf('\0') < 0) {
                    pages.add(new Page(folder.relativize(file).toString(), text));
                }
            }
        }
        return pages;
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
