package io.ridethrough.simulation;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Scope;
import io.ridethrough.plan.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Draws a story from a seed. */
final class Draw {
    private static final List<FaultKind> KINDS =
            Arrays.stream(FaultKind.values()).filter(kind -> kind.here).toList();
    private static final Set<FaultKind> OF_GUESTS =
            Set.of(FaultKind.HANGS, FaultKind.SAYS_OK, FaultKind.LIES_ONCE, FaultKind.NO_NAMES);

    private final long seed;
    private final Random random;
    private final Contracts contracts;

    private Draw(long seed, boolean sheds) {
        this.seed = seed;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.contracts = Sites.draw(random, sheds);
    }

    static Drawn from(long seed) {
        return new Draw(seed, false).drawn();
    }

    /** The same story at sites that shed a guest. */
    static Drawn thatSheds(long seed) {
        return new Draw(seed, true).drawn();
    }

    private Drawn drawn() {
        Set<AssetId> stopped = new TreeSet<>();
        for (AssetId guest : of(Guest.class)) {
            if (random.nextInt(8) == 0) {
                stopped.add(guest);
            }
        }
        Plot plot = plot();
        List<Fault> faults = new ArrayList<>();
        int many = random.nextInt(5);
        for (int i = 0; i < many; i++) {
            fault(KINDS.get(random.nextInt(KINDS.size())), faults);
        }
        return new Drawn(seed, contracts, stopped, random.nextBoolean(), plot, faults, deaths(faults));
    }

    private List<Life.Death> deaths(List<Fault> faults) {
        List<Life.Death> deaths = new ArrayList<>();
        for (Fault fault : faults) {
            if (fault.kind() == FaultKind.KILLED) {
                deaths.add(new Life.Death(fault.number(), random.nextBoolean(), fault.kind()));
            } else if (fault.kind() == FaultKind.CRASH_LOOP) {
                deaths.add(new Life.Death(fault.number(), random.nextBoolean(), fault.kind()));
                for (int i = 2 + random.nextInt(3); i > 0; i--) {
                    deaths.add(new Life.Death(1 + random.nextInt(4), random.nextBoolean(), fault.kind()));
                }
            }
        }
        return deaths;
    }

    private void fault(FaultKind kind, List<Fault> to) {
        Duration from = seconds(30, 700);
        Duration until = from.plus(seconds(10, 400));
        int number = 2 + random.nextInt(60);
        switch (kind.group) {
            case "net", "targets", "further" -> {
                if (kind == FaultKind.WAN_CUT) {
                    SiteId site = any(new ArrayList<>(contracts.sites().keySet()));
                    machines().stream()
                            .filter(at -> at.site().equals(site))
                            .forEach(at -> to.add(new Fault(kind, Optional.of(at), from, until, number)));
                } else {
                    AssetId at =
                            OF_GUESTS.contains(kind) && random.nextInt(4) > 0 ? any(of(Guest.class)) : any(machines());
                    to.add(new Fault(kind, Optional.of(at), from, until, number));
                }
            }
            default -> to.add(new Fault(kind, Optional.empty(), from, until, number));
        }
    }

    private Plot plot() {
        List<SiteId> sites = new ArrayList<>(contracts.sites().keySet());
        Set<SiteId> dark = new TreeSet<>(random.nextInt(3) > 0 ? sites : List.of(any(sites)));
        List<Plot.Outage> outages = new ArrayList<>();
        List<Plot.Asked> asked = new ArrayList<>();
        if (random.nextInt(4) > 0) {
            Duration from = seconds(20, 60);
            Duration until = from.plus(random.nextInt(5) == 0 ? seconds(5, 70) : seconds(60, 900));
            outages.add(new Plot.Outage(from, until));
            if (random.nextInt(3) == 0) {
                Duration again = until.plus(seconds(5, 500));
                outages.add(new Plot.Outage(again, again.plus(seconds(10, 600))));
            }
        }
        if (outages.isEmpty() || random.nextInt(5) == 0) {
            byHand(any(sites), asked);
        }
        if (random.nextInt(4) == 0) {
            asked.add(new Plot.Asked(
                    seconds(10, 900), intent(any(sites), false, false, Phase.SHUTDOWN, Phase.STARTUP, Phase.VERIFY)));
        }
        List<Plot.Held> holds = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            Duration from = seconds(10, 900);
            holds.add(new Plot.Held(any(assets()), from, from.plus(seconds(10, 1500))));
        }
        List<Duration> stops = random.nextInt(6) == 0 ? List.of(seconds(90, 900)) : List.of();
        return new Plot(dark, outages, asked, holds, stops);
    }

    private void byHand(SiteId site, List<Plot.Asked> to) {
        Duration at = seconds(10, 90);
        if (random.nextInt(3) == 0) {
            to.add(new Plot.Asked(
                    at,
                    intent(
                            site,
                            true,
                            false,
                            Phase.PRECHECK,
                            Phase.SHUTDOWN,
                            Phase.STARTUP,
                            Phase.RECOVERY,
                            Phase.VERIFY)));
            return;
        }
        to.add(new Plot.Asked(at, intent(site, true, random.nextBoolean(), Phase.PRECHECK, Phase.SHUTDOWN)));
        if (random.nextInt(4) > 0) {
            to.add(new Plot.Asked(
                    at.plus(seconds(200, 900)),
                    intent(site, true, false, Phase.STARTUP, Phase.RECOVERY, Phase.VERIFY)));
        }
    }

    private static Intent intent(SiteId site, boolean execute, boolean boundary, Phase... phases) {
        return new Intent(
                Scope.of(site),
                List.of(phases),
                Trigger.HAND,
                Set.of(site),
                Optional.empty(),
                boundary,
                execute,
                Optional.empty(),
                "a person",
                execute ? "maintenance" : "to see the plan");
    }

    private List<AssetId> of(Class<?> kind) {
        return contracts.assets().values().stream()
                .filter(kind::isInstance)
                .map(asset -> asset.id())
                .sorted()
                .toList();
    }

    private List<AssetId> machines() {
        List<AssetId> machines = new ArrayList<>(of(Node.class));
        machines.addAll(of(Nas.class));
        return machines;
    }

    private List<AssetId> assets() {
        List<AssetId> assets = new ArrayList<>(machines());
        assets.addAll(of(Guest.class));
        return assets;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Duration seconds(int least, int most) {
        return Duration.ofMillis(least * 1000L + random.nextInt((most - least) * 1000));
    }
}
