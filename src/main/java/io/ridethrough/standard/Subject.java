package io.ridethrough.standard;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Stack;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a control is evaluated for.
 *
 * @param asset empty for a site as a whole
 */
public record Subject(Site site, Optional<Asset> asset) {
    /** The asset's name within its site; the site's own for what is of the whole site. */
    public String name() {
        return asset.map(one -> one.id().name()).orElse(site.id().value());
    }

    /** The asset's id. */
    public AssetId id() {
        return asset.map(Asset::id).orElseThrow();
    }

    @Override
    public String toString() {
        return asset.map(one -> one.id().toString()).orElse(site.id().value());
    }

    /** Every one of that kind at the site. */
    static List<Subject> of(Site site, Control.Kind kind) {
        return switch (kind) {
            case SITE -> List.of(new Subject(site, Optional.empty()));
            case NODE -> all(site, Node.class);
            case GUEST -> all(site, Guest.class);
            case STACK -> all(site, Stack.class);
            case NAS -> all(site, Nas.class);
            case DEVICE -> all(site, Device.class);
            case CONTROLLER -> these(site, site.controllers().stream().map(one -> one.runsOn()));
            case HOME_ASSISTANT -> these(site, site.homeAssistant().stream().map(home -> home.guest()));
        };
    }

    private static List<Subject> all(Site site, Class<? extends Asset> type) {
        return site.assets().stream()
                .filter(type::isInstance)
                .map(one -> new Subject(site, Optional.of(one)))
                .toList();
    }

    private static List<Subject> these(Site site, Stream<AssetId> ids) {
        return ids.flatMap(id -> site.assets().stream().filter(one -> one.id().equals(id)))
                .map(one -> new Subject(site, Optional.of(one)))
                .toList();
    }
}
