package io.ridethrough.standard;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Site;
import java.util.List;
import java.util.Optional;

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
        return kind == Control.Kind.SITE
                ? List.of(new Subject(site, Optional.empty()))
                : kind.of(site).stream()
                        .map(asset -> new Subject(site, Optional.of(asset)))
                        .toList();
    }

    /** What of a site's contracts brings those of a kind, as {@code file.key}. */
    static String declaredAs(Control.Kind kind) {
        return switch (kind) {
            case SITE -> "site.site";
            case NODE -> "nodes.nodes";
            case GUEST -> "guests.guests";
            case STACK -> "stacks.stacks";
            case NAS -> "storage.nas";
            case DEVICE -> "network.devices";
            case CONTROLLER -> "network.controllers";
            case HOME_ASSISTANT -> "home-assistant.home-assistant";
        };
    }
}
