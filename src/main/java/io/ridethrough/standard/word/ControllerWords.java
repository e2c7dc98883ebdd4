package io.ridethrough.standard.word;

import io.ridethrough.contract.Site;
import io.ridethrough.contract.UnifiController;
import java.util.List;
import java.util.Locale;

/** What is said of a network controller: of its site's network, as it should know it. */
final class ControllerWords {
    static final List<Word<UnifiController>> ALL = List.of(
            Word.texts("asset.reservations", (controller, at) -> reservations(at.site())),
            Word.texts("asset.switches", (controller, at) -> switches(at.site())));

    private ControllerWords() {}

    private static List<String> reservations(Site site) {
        return site.devices().stream()
                .filter(one -> one.address().isPresent() && one.role().equals("radio"))
                .flatMap(one -> one.macs().stream()
                        .map(mac -> mac.toLowerCase(Locale.ROOT) + " "
                                + one.address().orElseThrow()))
                .toList();
    }

    private static List<String> switches(Site site) {
        return site.devices().stream()
                .filter(one -> one.role().equals("switch"))
                .flatMap(one -> one.macs().stream().limit(1))
                .map(mac -> mac.toLowerCase(Locale.ROOT))
                .toList();
    }
}
