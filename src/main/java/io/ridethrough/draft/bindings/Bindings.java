package io.ridethrough.draft.bindings;

import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.load.SourceFile;
import io.ridethrough.contract.load.Tree;
import io.ridethrough.draft.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A folder of bindings as trees. Files are known by how their names end; those that say nothing to us are passed over. */
public final class Bindings {
    private final List<Tree> trees = new ArrayList<>();

    /**
     * What became of a folder of bindings.
     *
     * @param unreadable why a file could not be read, one line each
     */
    public record Imported(List<Draft> drafts, List<Finding> findings, List<String> unreadable) {
        public Imported {
            drafts = List.copyOf(drafts);
            findings = List.copyOf(findings);
            unreadable = List.copyOf(unreadable);
        }

        /** How many findings there are of a kind. */
        public long count(Finding.Kind kind) {
            return findings.stream().filter(one -> one.kind() == kind).count();
        }
    }

    private Bindings() {}

    /** Makes a draft of every active site of the bindings; never throws for what the files hold. */
    public static Imported read(List<SourceFile> files) {
        Bindings bindings = new Bindings();
        files.stream()
                .filter(file -> file.path().endsWith(".yaml"))
                .forEach(file -> bindings.trees.add(Tree.read(file.path(), file)));
        Findings findings = new Findings();
        List<Draft> drafts = new ArrayList<>();
        for (Spot site : bindings.list("topology.sites.yaml", "sites")) {
            Optional<SiteId> id = site.text("id").map(Bindings::id).map(SiteId::new);
            if (id.isPresent() && bindings.active(site)) {
                drafts.add(new SiteImport(bindings, site, id.get(), findings).draft());
            } else {
                findings.add(Finding.Kind.STALE, "a site is not active", "not imported", site.get("status"));
            }
        }
        bindings.check(findings);
        List<String> unreadable = bindings.trees.stream()
                .flatMap(tree -> tree.trouble().stream())
                .map(trouble -> trouble.render().lines().findFirst().orElse(""))
                .toList();
        return new Imported(drafts, findings.all(), unreadable);
    }

    /** What is between files and belongs to no site. */
    private void check(Findings findings) {
        List<String> sites = list("topology.sites.yaml", "sites").stream()
                .flatMap(site -> site.text("proxmox_alias").stream())
                .toList();
        for (Spot guest : list("vm.lifecycle.yaml", "vms")) {
            Spot node = guest.get("proxmox_host");
            if (node.text().filter(name -> !sites.contains(name)).isPresent()) {
                findings.add(Finding.Kind.DANGLING, "a guest is on a node of no site", "the guest is left out", node);
            }
        }
        Backups.check(this, findings);
    }

    /** Every spot at a key of every file whose name ends so. */
    List<Spot> all(String ending, String key) {
        return trees.stream()
                .filter(tree -> tree.shown().equals(ending) || tree.shown().endsWith("." + ending))
                .map(tree -> Spot.root(tree).get(key))
                .filter(Spot::present)
                .toList();
    }

    /** The elements of a list of every file whose name ends so; the members where it is a mapping. */
    List<Spot> list(String ending, String key) {
        List<Spot> found = new ArrayList<>();
        for (Spot spot : all(ending, key)) {
            found.addAll(spot.node().isObject() ? spot.members() : spot.items());
        }
        return found;
    }

    /** Whether an entry is there now: nothing is said of its status, or that it is in use. */
    boolean active(Spot entry) {
        String status = entry.text("status").orElse("active").toLowerCase(Locale.ROOT);
        return List.of("active", "running", "registered").contains(status)
                && !entry.text("enabled").filter("false"::equals).isPresent()
                && !entry.text("legacy_only").filter("true"::equals).isPresent();
    }

    /** A name as a contract may use it. */
    static String id(String name) {
        return Draft.id(name);
    }
}
