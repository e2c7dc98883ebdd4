package io.ridethrough.standard.word;

import io.ridethrough.contract.HomeAssistant;
import java.util.List;

/** What is said of a Home Assistant. */
final class HomeWords {
    static final List<Word<HomeAssistant>> ALL = List.of(
            Word.texts("asset.add_ons", (home, at) -> home.addOns().stream()
                    .map(HomeAssistant.AddOn::slug)
                    .toList()),
            Word.texts("asset.radios", (home, at) -> Names.of(home.radios())));

    private HomeWords() {}
}
