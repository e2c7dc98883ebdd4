package io.ridethrough.contract.load;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A UPS that cuts its load can be told so to the last, and gives what it feeds the time to go (R35). */
final class CutOffRule {
    private final SiteDocs site;
    private final Names names;
    private final Reports reports;

    CutOffRule(SiteDocs site, Names names, Reports reports) {
        this.site = site;
        this.names = names;
        this.reports = reports;
    }

    void check() {
        for (At ups : site.list("power", "upses")) {
            At cutOff = ups.get("cut-off");
            if (cutOff.present()) {
                told(ups, cutOff);
                Durations.parse(cutOff.text("delay", ""))
                        .ifPresent(delay -> delay(ups.text("id", "?"), cutOff.get("delay"), delay));
            }
        }
    }

    private void told(At ups, At cutOff) {
        At nut = ups.get("nut");
        if (nut.text("secret").isEmpty()) {
            reports.error(
                    cutOff,
                    "the UPS can only be told to cut its load through its NUT server, with a login",
                    "declare nut with a secret, or remove cut-off");
        }
        String host = nut.text("host", "");
        Set<Declared> staysToTheLast = ownMachines();
        for (Declared one : names.all()) {
            boolean its = !host.isEmpty()
                    && one.site().equals(site.id())
                    && Set.of(Kind.NODE, Kind.NAS, Kind.GUEST).contains(one.kind())
                    && (host.equals(one.at().text("address", ""))
                            || host.equals(one.at().get("ssh").text("host", "")));
            if (its && !staysToTheLast.contains(one)) {
                reports.error(
                        nut.get("host"),
                        "the UPS is told last of all, and its NUT server stands on %s, which is down by then"
                                .formatted(one.called()),
                        "name a NUT server that stays up, or remove cut-off (R35)");
            }
        }
    }

    private void delay(String ups, At at, Duration delay) {
        for (At supply : site.list("power", "supplies")) {
            boolean feeds = supply.texts("fed-by").stream()
                    .map(feed -> Names.full(site.id(), feed))
                    .anyMatch(Names.full(site.id(), ups)::equals);
            Optional<Declared> slow = supply.text("asset")
                    .filter(asset -> feeds)
                    .flatMap(asset -> names.find(site.id(), asset))
                    .filter(asset -> asset.kind() == Kind.NODE || asset.kind() == Kind.NAS)
                    .filter(asset -> Durations.of(asset.at(), "off", "120s").compareTo(delay) > 0);
            slow.ifPresent(asset -> reports.error(
                    at,
                    "the load is cut after %ds, and %s may take %ds to power off"
                            .formatted(
                                    delay.toSeconds(),
                                    asset.called(),
                                    Durations.of(asset.at(), "off", "120s").toSeconds()),
                    "make the delay longer (R35)"));
        }
        Duration back = Durations.of(site.file("power").get("policy"), "return-hold", "300s");
        if (delay.compareTo(back) >= 0) {
            reports.error(
                    at,
                    "the load is cut after %ds, when a startup may have begun: return-hold is %ds"
                            .formatted(delay.toSeconds(), back.toSeconds()),
                    "make return-hold longer than the delay (R35)");
        }
    }

    /** What carries the orchestrator: up until it has told the UPS. */
    private Set<Declared> ownMachines() {
        Set<Declared> own = new HashSet<>();
        Optional<Declared> next =
                site.file("site").get("orchestrator").text("runs-on").flatMap(said -> names.find(site.id(), said));
        while (next.isPresent() && own.add(next.get())) {
            Declared one = next.get();
            next = one.at().text("runs-on").flatMap(said -> names.find(one.site(), said));
        }
        return own;
    }
}
