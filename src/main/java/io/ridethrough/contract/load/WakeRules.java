package io.ridethrough.contract.load;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What wakes an asset must not hang on that asset (R39), and must be able to. */
final class WakeRules {
    private static final Duration ALARM_MARGIN = Duration.ofMinutes(1);
    private static final Duration ALARM_LIMIT = Duration.ofHours(24);

    private final Names names;
    private final Reach reach;
    private final Reports reports;

    WakeRules(Names names, Reach reach, Reports reports) {
        this.names = names;
        this.reach = reach;
        this.reports = reports;
    }

    void check(SiteDocs site) {
        Map<String, String> managed = new HashMap<>();
        for (At wake : site.list("power", "wake")) {
            Optional<Declared> asset = wake.text("asset").flatMap(said -> names.find(site.id(), said));
            for (At way : wake.items("ways")) {
                asset.ifPresent(one -> helper(site, one, way.get("wake-on-lan").get("from")));
                asset.ifPresent(one -> single(site, one, way.get("management").get("controller"), managed));
                asset.ifPresent(one -> port(site, one, way.get("power-cycle")));
                asset.ifPresent(one -> alarm(one, way.get("alarm-clock")));
            }
        }
    }

    /** A port is cycled by a controller that is declared as such, and of a switch that it knows by its MAC. */
    private void port(SiteDocs site, Declared asset, At cycle) {
        cycle.text("switch")
                .flatMap(said -> names.find(site.id(), said))
                .filter(device -> device.kind() == Kind.DEVICE
                        && device.at().texts("macs").isEmpty())
                .ifPresent(device -> reports.error(
                        cycle.get("switch"), device.called() + " has no MAC", "add macs to it in network.yaml"));
        Optional<String> controller = cycle.text("controller").map(said -> Names.full(site.id(), said));
        controller
                .filter(full -> site.list("network", "controllers").stream().noneMatch(one -> one.text("runs-on")
                        .map(said -> Names.full(site.id(), said))
                        .equals(Optional.of(full))))
                .ifPresent(full -> reports.error(
                        cycle.get("controller"),
                        "no controller runs on " + Words.quoted(full),
                        "name what a controller of network.yaml runs on"));
        controller
                .flatMap(full -> names.find(site.id(), full))
                .flatMap(one -> Optional.ofNullable(reach.of(one, one.called()).get(asset)))
                .ifPresent(path -> reports.error(
                        cycle.get("controller"),
                        asset.called() + " is to be woken by " + path,
                        "name a controller that stays up without " + asset.name() + " (R39)"));
    }

    /** An alarm that rings while the machine is still on is lost, and few clocks keep one for longer than a day. */
    private void alarm(Declared asset, At alarm) {
        if (!alarm.present()) {
            return;
        }
        if (asset.kind() != Kind.NODE) {
            reports.error(alarm, "only the clock of a node can be set", "declare another way for " + asset.called());
        }
        Duration after = Durations.of(alarm, "after", "30m");
        Duration off = Durations.of(asset.at(), "off", "120s");
        if (after.compareTo(off.plus(ALARM_MARGIN)) < 0 || after.compareTo(ALARM_LIMIT) > 0) {
            reports.error(
                    alarm.get("after"),
                    "the alarm of " + asset.called() + " is due while it may still be on, or in more than a day",
                    "say from " + off.plus(ALARM_MARGIN).toSeconds() + "s to " + ALARM_LIMIT.toHours() + "h");
        }
    }

    private void single(SiteDocs site, Declared asset, At controller, Map<String, String> managed) {
        String name = controller.text().map(said -> Names.full(site.id(), said)).orElse("");
        String other = name.isEmpty() ? null : managed.putIfAbsent(name, asset.name());
        if (other != null && !other.equals(asset.name())) {
            reports.error(
                    controller,
                    Words.quoted(name) + " manages " + Words.quoted(other) + " already",
                    "a management controller is declared for one machine");
        }
    }

    private void helper(SiteDocs site, Declared asset, At from) {
        Optional<Declared> helper = from.text().flatMap(said -> names.find(site.id(), said));
        if (helper.isEmpty()) {
            return;
        }
        if (helper.get().kind() == Kind.GUEST && !helper.get().at().get("ssh").present()) {
            reports.error(
                    from,
                    "the helper " + helper.get().called() + " has no ssh",
                    "add ssh to " + helper.get().called() + " in guests.yaml");
        }
        String path = reach.of(helper.get(), helper.get().called()).get(asset);
        if (path != null) {
            reports.error(
                    from,
                    helper.get().equals(asset)
                            ? asset.called() + " cannot wake itself"
                            : asset.called() + " is to be woken by " + path,
                    "name a host that stays up without " + asset.name() + " (R39)");
        }
    }
}
