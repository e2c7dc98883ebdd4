package io.ridethrough.contract.load;

import io.ridethrough.contract.SiteId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which files there are and which there should be: the same set in every site folder. */
final class Layout {
    /** The files of a site, without {@code .yaml}. */
    static final List<String> FILES = List.of(
            "site", "power", "nodes", "guests", "stacks", "storage", "network", "home-assistant", "backup", "services");

    private static final Set<String> BESIDE = Set.of("sites", "schema", "standard", "policy.yaml", "gaps.yaml");

    private final String root;
    private final Reports reports;
    private final SortedMap<String, Map<String, SourceFile>> sites = new TreeMap<>();
    private final Map<String, SourceFile> acceptances = new TreeMap<>();
    private final List<SourceFile> standard = new ArrayList<>();
    private Optional<SourceFile> policy = Optional.empty();
    private Optional<SourceFile> gaps = Optional.empty();
    private Optional<SourceFile> packs = Optional.empty();

    private Layout(String root, Reports reports) {
        this.root = root;
        this.reports = reports;
    }

    /** Sorts the files into sites; what is missing, unknown or empty is reported. */
    static Layout of(String root, List<SourceFile> files, Reports reports) {
        Layout layout = new Layout(root, reports);
        files.forEach(layout::place);
        layout.sites.forEach(layout::complete);
        if (layout.sites.isEmpty() && !reports.anyError()) {
            reports.file(root, "no site is declared", "add a folder sites/<id>/ with " + names());
        }
        return layout;
    }

    /** The files of each site by their name without {@code .yaml}. */
    SortedMap<String, Map<String, SourceFile>> sites() {
        return sites;
    }

    Optional<SourceFile> policy() {
        return policy;
    }

    /** The files of controls, sorted by path. */
    List<SourceFile> standard() {
        return standard;
    }

    /** The deviations of each site that has such a file: nobody has to deviate. */
    Map<String, SourceFile> acceptances() {
        return acceptances;
    }

    Optional<SourceFile> gaps() {
        return gaps;
    }

    Optional<SourceFile> packs() {
        return packs;
    }

    String shown(SourceFile file) {
        return root + "/" + file.path();
    }

    private void place(SourceFile file) {
        String[] parts = file.path().split("/", -1);
        if (parts[0].equals("sites") && parts.length > 1) {
            placeInSite(file, parts);
        } else if (file.path().equals("policy.yaml")) {
            policy = Optional.of(file);
        } else if (file.path().equals("gaps.yaml")) {
            gaps = Optional.of(file);
        } else if (file.path().equals("standard/packs.yaml")) {
            packs = Optional.of(file);
        } else if (parts[0].equals("standard") && parts.length == 2 && parts[1].endsWith(".yaml")) {
            standard.add(file);
        } else if (!BESIDE.contains(parts[0])) {
            unknown(file, parts[0], BESIDE);
        }
    }

    private void placeInSite(SourceFile file, String[] parts) {
        String site = parts[1];
        if (site.isEmpty()) {
            return;
        }
        if (parts.length == 2) {
            reports.file(shown(file), "a file stands where only site folders stand", "move it into a site's folder");
            return;
        }
        Map<String, SourceFile> found = sites.computeIfAbsent(site, s -> new LinkedHashMap<>());
        String name = parts[2];
        if (name.isEmpty() && parts.length == 3) {
            return;
        }
        Optional<String> known =
                FILES.stream().filter(f -> (f + ".yaml").equals(name)).findFirst();
        if (name.equals("acceptances.yaml") && parts.length == 3) {
            acceptances.put(site, file);
        } else if (known.isPresent() && parts.length == 3) {
            found.put(known.get(), file);
        } else {
            unknown(
                    file,
                    name,
                    Stream.concat(FILES.stream(), Stream.of("acceptances"))
                            .map(f -> f + ".yaml")
                            .toList());
        }
    }

    private void unknown(SourceFile file, String name, java.util.Collection<String> known) {
        reports.file(
                shown(file),
                "unknown file " + Words.quoted(name),
                Words.meant(
                        name,
                        known,
                        "known here: "
                                + String.join(", ", known.stream().sorted().toList())));
    }

    private void complete(String site, Map<String, SourceFile> found) {
        String folder = root + "/sites/" + site;
        if (!isSiteName(site)) {
            reports.file(
                    folder,
                    "a site folder cannot be called " + Words.quoted(site),
                    "use lower-case letters, digits and dashes");
        }
        if (found.isEmpty()) {
            reports.file(
                    folder, "the folder of site " + Words.quoted(site) + " declares nothing", "it needs " + names());
            return;
        }
        for (String name : FILES) {
            if (!found.containsKey(name)) {
                String none = name.equals("site") ? "add it" : "add it, or say in it none: \"why\"";
                reports.file(folder + "/" + name + ".yaml", "the file is missing", none);
            }
        }
    }

    private static boolean isSiteName(String site) {
        try {
            return !new SiteId(site).value().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String names() {
        return String.join(", ", FILES.stream().map(f -> f + ".yaml").toList());
    }
}
