package io.ridethrough.contract.load;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An orchestrator that goes down with its site must come back without its own help: it starts with its machine, and
 * everything that machine hangs on is woken by something else (R26, R39).
 */
final class OwnChainRule {
    private static final Set<Kind> MACHINES = EnumSet.of(Kind.NODE, Kind.NAS);

    private final Map<String, SiteDocs> sites = new HashMap<>();
    private final Names names;
    private final Reach reach;
    private final Reports reports;

    OwnChainRule(List<SiteDocs> sites, Reach reach, Names names, Reports reports) {
        this.reach = reach;
        this.names = names;
        this.reports = reports;
        sites.forEach(site -> this.sites.put(site.id(), site));
    }

    void check(SiteDocs site) {
        At runsOn = site.file("site").get("orchestrator").get("runs-on");
        Optional<Declared> home =
                runsOn.text().filter(said -> !said.equals("outside")).flatMap(said -> names.find(site.id(), said));
        if (home.isEmpty()) {
            return;
        }
        if (home.get().kind() == Kind.DEVICE) {
            reports.error(
                    runsOn,
                    "the orchestrator cannot run on " + home.get().called() + ", which is never commanded",
                    "name the guest, node, NAS or stack, or say outside");
            return;
        }
        reach.of(home.get(), "runs on " + home.get().called()).forEach((one, path) -> {
            if (MACHINES.contains(one.kind())) {
                waker(runsOn, one, path);
            }
        });
        carrier(home.get());
    }

    private void waker(At runsOn, Declared machine, String path) {
        SiteDocs site = Optional.ofNullable(sites.get(machine.site())).orElseThrow();
        boolean unaided = false;
        for (At wake : site.list("power", "wake")) {
            boolean its = wake.text("asset")
                    .map(asset -> Names.full(machine.site(), asset))
                    .filter(machine.full()::equals)
                    .isPresent();
            for (At way : its ? wake.items("ways") : List.<At>of()) {
                unaided |= way.get("unaided").present();
                unaided |= way.get("alarm-clock").get("outage").present();
                setting(way.get("unaided"));
            }
        }
        if (!unaided) {
            reports.error(
                    runsOn,
                    "the orchestrator " + path + ", and nothing but itself wakes " + machine.called(),
                    "declare a way unaided: {by: ...} for " + machine.name()
                            + " in power.yaml, or run it outside (R39)");
        }
    }

    /** No command shows how firmware is set: who declares it says why it is believed. */
    private void setting(At unaided) {
        boolean assumed = unaided.get("assumed").present();
        if (unaided.text("by", "").equals("mains") && !assumed) {
            reports.error(
                    unaided, "nothing shows that firmware is set to come up with the mains", "say assumed: \"why\"");
        }
    }

    private void carrier(Declared home) {
        Optional<Declared> guest = Optional.of(home);
        if (home.kind() == Kind.STACK) {
            guest = names.find(home.site(), home.at().text("runs-on", ""));
        }
        guest.filter(one -> one.kind() == Kind.GUEST && !one.at().is("onboot", false))
                .ifPresent(one -> reports.error(
                        one.at().get("onboot"),
                        one.called() + " carries the orchestrator and does not start with its node",
                        "set onboot: true (R39)"));
    }
}
