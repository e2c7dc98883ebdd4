package io.ridethrough.standard.word;

import io.ridethrough.contract.Asset;
import java.util.List;

/** What is said of every asset, of whatever kind. */
final class AssetWords {
    static final List<Word<Asset>> ALL = List.of(
            Word.text("asset.id", (asset, at) -> asset.id().name()),
            Word.text("asset.title", (asset, at) -> asset.title()),
            Word.text("asset.owner", (asset, at) -> asset.stewardship().owner()),
            Word.text("asset.domain", (asset, at) -> asset.stewardship().domain()),
            Word.number("asset.tier", (asset, at) -> asset.stewardship().tier()),
            Word.text("asset.slo", (asset, at) -> asset.stewardship().slo()),
            Word.texts("asset.needs", (asset, at) -> Names.of(asset.needs())),
            Word.number("asset.probes", (asset, at) -> at.site().probes().stream()
                    .filter(probe -> probe.asset().equals(asset.id()))
                    .count()));

    private AssetWords() {}
}
