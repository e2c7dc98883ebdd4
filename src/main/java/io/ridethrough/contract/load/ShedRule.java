package io.ridethrough.contract.load;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Stack;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What is shed takes nothing with it that stays up: whatever needs it is shed with it, or before (R11). */
final class ShedRule {
    private final Contracts contracts;
    private final Reports reports;

    ShedRule(Contracts contracts, Reports reports) {
        this.contracts = contracts;
        this.reports = reports;
    }

    void check(SiteDocs site) {
        Optional<Site> declared = contracts.sites().values().stream()
                .filter(one -> one.id().value().equals(site.id()))
                .findFirst();
        Set<AssetId> gone = new HashSet<>();
        for (At group : site.list("power", "shed")) {
            for (At guest : group.items("guests")) {
                References.id(site.id(), guest).filter(id -> !gone.add(id)).ifPresent(id -> twice(guest));
            }
            for (At guest : group.items("guests")) {
                AssetId id = References.id(site.id(), guest).orElseThrow();
                declared.flatMap(one -> stays(one, id)).ifPresent(why -> cannot(guest, why));
                contracts.assets().values().forEach(asset -> needed(guest, id, asset, gone));
            }
        }
    }

    /** Why a guest can never be shed. */
    private static Optional<String> stays(Site site, AssetId guest) {
        if (site.nameService().filter(guest::equals).isPresent()) {
            return Optional.of("it is the name service of the site");
        }
        return site.orchestrator().runsOn().filter(guest::equals).map(home -> "the orchestrator runs on it");
    }

    private void needed(At at, AssetId shed, Asset asset, Set<AssetId> gone) {
        boolean needs = asset.needs().contains(shed) || asset.reachedThrough().contains(shed);
        AssetId goes = asset instanceof Stack stack ? stack.runsOn() : asset.id();
        if (needs && !gone.contains(goes) && !gone.contains(asset.id())) {
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
