package io.ridethrough.contract.load;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.Stack;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is shed takes nothing with it that stays up: whatever needs it is shed with it, or before (R11). */
final class ShedRule {
    private final Contracts contracts;
    private final Reports reports;

    ShedRule(Contracts contracts, Reports reports) {
        this.contracts = contracts;
        this.reports = reports;
    }

    void check(SiteDocs docs) {
        contracts.sites().values().stream()
                .filter(one -> one.id().value().equals(docs.id()))
                .findFirst()
                .ifPresent(site -> check(docs, site));
    }

    private void check(SiteDocs docs, Site site) {
        Set<AssetId> gone = new HashSet<>();
        for (At group : docs.list("power", "shed")) {
            for (At guest : group.items("guests")) {
                References.id(docs.id(), guest).filter(id -> !gone.add(id)).ifPresent(id -> twice(guest));
            }
            for (At guest : group.items("guests")) {
                AssetId id = References.id(docs.id(), guest).orElseThrow();
                Set<AssetId> goes = withStacks(id);
                stays(site, id, goes).ifPresent(why -> cannot(guest, why));
                contracts.assets().values().forEach(asset -> needed(guest, goes, asset, gone));
            }
        }
    }

    /** A guest and the stacks that stop with it. */
    private Set<AssetId> withStacks(AssetId guest) {
        Set<AssetId> all = new HashSet<>(Set.of(guest));
        for (Asset asset : contracts.assets().values()) {
            if (asset instanceof Stack stack && stack.runsOn().equals(guest)) {
                all.add(stack.id());
            }
        }
        return all;
    }

    /** Why a guest can never be shed. */
    private Optional<String> stays(Site site, AssetId guest, Set<AssetId> goes) {
        if (!guest.site().equals(site.id())) {
            return Optional.of("it is another site's");
        }
        if (site.nameService().filter(goes::contains).isPresent()) {
            return Optional.of("it is the name service of the site");
        }
        if (site.orchestrator().runsOn().filter(goes::contains).isPresent()) {
            return Optional.of("the orchestrator runs on it");
        }
        return contracts
                .asset(guest)
                .filter(asset -> asset instanceof Guest one && tellsOfPower(site, one))
                .map(asset -> "the readings of a UPS come through it");
    }

    private static boolean tellsOfPower(Site site, Guest guest) {
        if (site.power().upses().stream().flatMap(ups -> ups.home().stream()).anyMatch(home -> home.guest()
                .equals(guest.id()))) {
            return true;
        }
        String host = guest.ssh().map(SshAccess::host).orElse("");
        return !host.isEmpty()
                && site.power().upses().stream()
                        .anyMatch(ups ->
                                ups.nut().filter(nut -> nut.host().equals(host)).isPresent()
                                        || ups.mqtt()
                                                .filter(mqtt -> mqtt.broker()
                                                        .matches("[a-z]+://" + Pattern.quote(host) + "(:\\d+)?"))
                                                .isPresent());
    }

    private void needed(At at, Set<AssetId> goes, Asset asset, Set<AssetId> gone) {
        boolean needs = goes.stream()
                .anyMatch(id ->
                        asset.needs().contains(id) || asset.reachedThrough().contains(id));
        AssetId stays = asset instanceof Stack stack ? stack.runsOn() : asset.id();
        if (needs && !gone.contains(stays)) {
            cannot(at, asset.kind() + " " + asset.id() + " needs it and stays up");
        }
    }

    private void cannot(At at, String why) {
        reports.error(
                at,
                Words.quoted(at.text().orElse("")) + " cannot be shed: " + why,
                "shed what needs it in the same group or before, or leave it out");
    }

    private void twice(At at) {
        reports.error(at, Words.quoted(at.text().orElse("")) + " is shed twice", "leave it in the first group");
    }
}
