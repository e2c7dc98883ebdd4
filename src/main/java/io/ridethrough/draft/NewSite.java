package io.ridethrough.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.SiteId;

/** A site of which nothing is known yet: valid at once, and every guess in it marked as assumed. */
public final class NewSite {
    private NewSite() {}

    /**
     * A draft that declares nothing.
     *
     * @param zone the time zone that is assumed
     */
    public static Draft of(SiteId site, String zone) {
        Draft draft = new Draft(site);
        describe(draft, zone, "written for a site of which nothing was known: look at every line of this file");
        draft.noneWhereEmpty("not declared yet");
        return draft;
    }

    /** What site.yaml says of a site that nobody described. */
    public static ObjectNode describe(Draft draft, String zone, String why) {
        ObjectNode values = draft.file("site");
        values.put("site", draft.site().value()).put("title", draft.site().value());
        values.put("time-zone", zone);
        Shape.of("site").fields().stream()
                .filter(field -> field.required() && !values.has(field.name()))
                .forEach(field ->
                        values.set(field.name(), field.shape().example().deepCopy()));
        values.put("power-off", false);
        values.withObjectProperty("orchestrator").put("assumed", "nothing says where this program runs for the site");
        values.put("assumed", why);
        return values;
    }
}
