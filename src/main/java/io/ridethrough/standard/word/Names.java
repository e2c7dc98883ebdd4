package io.ridethrough.standard.word;

import io.ridethrough.contract.AssetId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Assets as expectations name them: within their site. */
final class Names {
    private Names() {}

    static String of(Optional<AssetId> id) {
        return id.map(AssetId::name).orElse("");
    }

    static List<String> of(Collection<AssetId> ids) {
        return ids.stream().map(AssetId::name).sorted().toList();
    }
}
