package io.ridethrough.contract.load;

import io.ridethrough.contract.Contracts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes contracts of files, or says everything that is wrong with them. Never throws for what the files hold, and
 * gives the same answer for the same files in any order.
 */
public final class ContractLoader {
    private final Schemas schemas = new Schemas();
    private final Expressions expressions;

    /** A loader that takes expectations of controls as they are written: for those who evaluate none. */
    public ContractLoader() {
        this(Expressions.UNCHECKED);
    }

    /** A loader that has every expectation of a control checked. */
    public ContractLoader(Expressions expressions) {
        this.expressions = expressions;
    }

    /** Loads what was found below the contracts folder, which people see as {@code contracts}. */
    public Loaded load(List<SourceFile> files) {
        return load("contracts", files);
    }

    /**
     * Loads what was found below a folder.
     *
     * @param root the folder as people see it, the beginning of every place that is shown
     */
    public Loaded load(String root, List<SourceFile> files) {
        Reports reports = new Reports();
        Layout layout = Layout.of(root, files, reports);
        Optional<Doc> policy = layout.policy().flatMap(file -> read(layout, "policy", file, reports));
        List<SiteDocs> sites = new ArrayList<>();
        layout.sites().forEach((id, found) -> sites.add(site(layout, id, found, reports)));
        rules(sites, policy, reports);
        StandardFiles standard = new StandardFiles(expressions, reports);
        layout.standard()
                .forEach(file -> read(layout, "standard", file, reports).ifPresent(standard::controls));
        layout.packs().flatMap(file -> read(layout, "packs", file, reports)).ifPresent(standard::packs);
        layout.acceptances().forEach((site, file) -> read(layout, "acceptances", file, reports)
                .ifPresent(doc -> standard.acceptances(site, doc)));
        layout.gaps().flatMap(file -> read(layout, "gaps", file, reports)).ifPresent(standard::gaps);
        sites.forEach(standard::site);
        if (reports.anyError()) {
            return new Loaded.Bad(reports.all());
        }
        Contracts contracts = new Binding(sites, policy).bind(files, standard.standard());
        ShedRule shed = new ShedRule(contracts, reports);
        sites.forEach(shed::check);
        if (reports.anyError()) {
            return new Loaded.Bad(reports.all());
        }
        return new Loaded.Ok(contracts, reports.all());
    }

    private SiteDocs site(Layout layout, String id, Map<String, SourceFile> found, Reports reports) {
        Map<String, Doc> docs = new HashMap<>();
        found.forEach((name, file) -> read(layout, name, file, reports).ifPresent(doc -> docs.put(name, doc)));
        return new SiteDocs(id, docs, SiteDocs.whole(docs));
    }

    private Optional<Doc> read(Layout layout, String name, SourceFile file, Reports reports) {
        Optional<Doc> doc = Text.of(file, layout.shown(file), reports).flatMap(text -> YamlTree.read(text, reports));
        doc.ifPresent(d -> schemas.check(name, d, reports));
        return doc.filter(d -> d.root().isObject());
    }

    private static void rules(List<SiteDocs> sites, Optional<Doc> policy, Reports reports) {
        Names names = Names.of(sites, reports);
        List<Link> links = Links.of(sites, names);
        new ReferenceRules(names, reports).check(links);
        new CycleRule(links, names).check(reports);
        Reach reach = new Reach(links, names);
        OwnChainRule ownChain = new OwnChainRule(sites, reach, names, reports);
        WakeRules wake = new WakeRules(names, reach, reports);
        for (SiteDocs site : sites) {
            new SiteRules(site, names, reports).check();
            new PostureRules(site, reports).check();
            new UpkeepRules(site, names, reports).check();
            new HomeHealthRules(site, reports).check();
            new PowerRules(site, names, reports).check();
            new CutOffRule(site, names, reports).check();
            ownChain.check(site);
            wake.check(site);
            new PlugRules(site, names, reach, reports).check();
        }
        policy.ifPresent(doc -> new PolicyRules(names, reports).check(doc.at()));
    }
}
