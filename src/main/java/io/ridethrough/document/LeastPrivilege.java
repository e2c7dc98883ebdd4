package io.ridethrough.document;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Ups;
import io.ridethrough.setup.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Ridethrough may do at each target of a site, and nothing beyond it, as lines to copy. */
final class LeastPrivilege {
    private LeastPrivilege() {}

    /** @param secrets the folder of secrets, as it is shown */
    static Document of(Contracts contracts, Site site, String secrets, Stamp stamp) {
        Page page = new Page("least-privilege.html", "Least privilege", site.title(), stamp);
        page.say(
                "What each target has to give so that it can be looked at and commanded, and nothing more. A secret stands"
                        + " in none of these lines: it is typed where it says so.");
        List<String> none = new ArrayList<>();
        Stream.concat(
                        site.assets().stream().map(Asset::id),
                        site.power().upses().stream().map(Ups::id))
                .distinct()
                .forEach(id -> {
                    Optional<List<String>> lines = Recipe.of(contracts, id, secrets)
                            .filter(recipe -> !recipe.get(0).startsWith("Nothing is set up"));
                    lines.ifPresentOrElse(
                            recipe -> page.heading(id.toString()).typed(recipe), () -> none.add(id.name()));
                });
        if (!none.isEmpty()) {
            page.heading("Never asked anything by a login")
                    .say(String.join(", ", none.stream().sorted().toList()));
        }
        return page.document();
    }
}
