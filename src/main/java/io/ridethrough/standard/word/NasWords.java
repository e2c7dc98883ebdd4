package io.ridethrough.standard.word;

import io.ridethrough.contract.Nas;
import java.util.List;

/** What is said of a NAS. */
final class NasWords {
    static final List<Word<Nas>> ALL = List.of(
            Word.texts("asset.exports", (nas, at) -> nas.exports()),
            Word.number("asset.links", (nas, at) -> at.site().posture().links().getOrDefault(nas.id(), 0)),
            Word.number("asset.wake_ways", (nas, at) -> nas.wake().size()),
            Word.truth("asset.has_api", (nas, at) -> nas.api().isPresent()));

    private NasWords() {}
}
