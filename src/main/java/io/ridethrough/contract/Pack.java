package io.ridethrough.contract;

import java.util.Set;

/**
 * A named part of the standard that is evaluated by itself: by hand, by the clock, after a startup. It holds for every
 * site: it has no way to name one.
 *
 * @param domains every control of these
 * @param controls these controls too
 * @param asks every control that asks so, too
 * @param cron when it is evaluated, as Quartz writes times; empty for never by itself
 * @param start when a run that brought a site up is followed by it
 * @param where file and line, for people
 */
public record Pack(
        String id,
        String title,
        Set<String> domains,
        Set<String> controls,
        Set<Control.Ask> asks,
        String cron,
        AfterStartup start,
        String where) {
    public Pack {
        domains = Set.copyOf(domains);
        controls = Set.copyOf(controls);
        asks = Set.copyOf(asks);
    }

    /** Whether it follows a startup. */
    public enum AfterStartup {
        EVALUATED,
        LEFT_OUT
    }

    /** Whether that control is part of it. */
    public boolean holds(Control control) {
        return domains.contains(control.domain())
                || controls.contains(control.id())
                || asks.contains(control.probe().ask());
    }
}
