package io.ridethrough.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything declared, whole and consistent: every reference resolves and relations have no cycle.
 *
 * @param assumptions what was declared as an assumption, one line each with its place
 * @param digest SHA-256 (hex) of the files that plans are made from
 * @param wording those files, unless it was made of none
 * @param kept what was not taken from the folder
 */
public record Contracts(
        SortedMap<SiteId, Site> sites,
        Policy policy,
        List<String> assumptions,
        String digest,
        Optional<Wording> wording,
        Kept kept,
        Standard standard) {
    public Contracts {
        sites = new TreeMap<>(sites);
        assumptions = List.copyOf(assumptions);
    }

    /** Contracts that bring no standard. */
    public Contracts(
            SortedMap<SiteId, Site> sites,
            Policy policy,
            List<String> assumptions,
            String digest,
            Optional<Wording> wording,
            Kept kept) {
        this(sites, policy, assumptions, digest, wording, kept, Standard.NONE);
    }

    /** Contracts that were made of no files. */
    public Contracts(SortedMap<SiteId, Site> sites, Policy policy, List<String> assumptions, String digest) {
        this(sites, policy, assumptions, digest, Optional.empty(), Kept.NOTHING);
    }

    /** The same, with word of what was not taken from the folder. */
    public Contracts keeping(Kept others) {
        return new Contracts(sites, policy, assumptions, digest, wording, others, standard);
    }

    /** The same, by another standard. */
    public Contracts judgedBy(Standard other) {
        return new Contracts(sites, policy, assumptions, digest, wording, kept, other);
    }

    /** The digest of the contracts that a site was taken from. */
    public String digestOf(SiteId site) {
        return kept.sites().getOrDefault(site, digest);
    }

    /** What the folder holds now: its digest, or why it cannot be read. */
    public String inFolder() {
        return kept.folder().isEmpty() ? digest : kept.folder();
    }

    /** Whether a folder that holds those is the one that these were taken from, or that one could not be read. */
    public boolean tookFrom(String other) {
        return inFolder().equals(other) || inFolder().equals(Kept.UNREADABLE);
    }

    /** The asset of that id, if declared. */
    public Optional<Asset> asset(AssetId id) {
        return Optional.ofNullable(sites.get(id.site()))
                .flatMap(site ->
                        site.assets().stream().filter(a -> a.id().equals(id)).findFirst());
    }

    /** Every interface that targets have of their own, by the asset that carries it. */
    public Map<AssetId, ApiAccess> interfaces() {
        Map<AssetId, ApiAccess> all = new TreeMap<>();
        for (Site site : sites.values()) {
            site.nodes().forEach(node -> node.api().ifPresent(api -> all.put(node.id(), api)));
            site.nases().forEach(nas -> nas.api().ifPresent(api -> all.put(nas.id(), api)));
            site.controllers().forEach(controller -> all.put(controller.runsOn(), controller.api()));
            site.homeAssistant().ifPresent(home -> all.put(home.guest(), home.api()));
        }
        managements().forEach((controller, management) -> all.put(controller, management.api()));
        return all;
    }

    /** Every management controller that a way to wake names, by its device. */
    public Map<AssetId, WakeWay.Management> managements() {
        Map<AssetId, WakeWay.Management> all = new TreeMap<>();
        ways(WakeWay.Management.class).forEach(one -> all.put(one.controller(), one));
        return all;
    }

    /** Every smart plug that a way to wake names, by its device. */
    public Map<AssetId, WakeWay.Plug> plugs() {
        Map<AssetId, WakeWay.Plug> all = new TreeMap<>();
        ways(WakeWay.Plug.class).forEach(one -> all.put(one.device(), one));
        return all;
    }

    private <W extends WakeWay> Stream<W> ways(Class<W> kind) {
        return sites.values().stream()
                .flatMap(site -> Stream.concat(
                        site.nodes().stream().flatMap(node -> node.wake().stream()),
                        site.nases().stream().flatMap(nas -> nas.wake().stream())))
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** What certificates must be, of every target where that is declared. */
    public Map<AssetId, ApiAccess.Tls> certificates() {
        Map<AssetId, ApiAccess.Tls> all = new TreeMap<>();
        interfaces().forEach((target, access) -> access.tls().ifPresent(tls -> all.put(target, tls)));
        sites.values().forEach(site -> site.power()
                .upses()
                .forEach(ups -> ups.nut().flatMap(Ups.NutSource::tls).ifPresent(tls -> all.put(ups.id(), tls))));
        return all;
    }

    /** All assets of all sites by id. */
    public Map<AssetId, Asset> assets() {
        return sites.values().stream()
                .flatMap(site -> site.assets().stream())
                .collect(Collectors.toMap(Asset::id, a -> a, (a, b) -> a, TreeMap::new));
    }
}
