package io.ridethrough.simulation;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.Ups;
import io.ridethrough.plan.FakeContracts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Draws one or two sites. Assets need only earlier ones, so there is no cycle. */
final class Sites {
    private final Random random;
    private final FakeContracts contracts = new FakeContracts();
    private final List<String> before = new ArrayList<>();

    private final boolean sheds;

    private Sites(Random random, boolean sheds) {
        this.random = random;
        this.sheds = sheds;
    }

    /** @param sheds whether each site sheds its last guest before its hold is over, where nothing needs that one */
    static Contracts draw(Random random, boolean sheds) {
        Sites sites = new Sites(random, sheds);
        int many = random.nextInt(3) == 0 ? 2 : 1;
        for (int site = 0; site < many; site++) {
            sites.site("s" + site + "/");
        }
        return sites.contracts.build();
    }

    /** Draws one site, with this policy. */
    static Contracts one(Random random, Power.Start start) {
        Sites sites = new Sites(random, false);
        sites.site("s0/");
        return sites.contracts.starts(start).build();
    }

    private void site(String at) {
        boolean nas = random.nextInt(3) > 0;
        if (random.nextBoolean()) {
            relate(contracts.device(at + "switch"));
            before.add(at + "switch");
        }
        if (nas) {
            relate(contracts.nas(at + "nas"));
            before.add(at + "nas");
        }
        int nodes = 1 + random.nextInt(3);
        for (int i = 0; i < nodes; i++) {
            FakeContracts.Relating node = relate(contracts.node(at + "n" + i)).atOnce(1 + random.nextInt(4));
            if (nas && random.nextBoolean()) {
                node.mounts(at + "nas");
            }
        }
        for (int i = 0; i < nodes; i++) {
            before.add(at + "n" + i);
        }
        int guests = 1 + random.nextInt(6);
        for (int i = 0; i < guests; i++) {
            guest(at + "g" + i, at + "n" + random.nextInt(nodes));
        }
        if (random.nextBoolean()) {
            contracts.excluded(at + "n0", 900, "a template");
        }
        int nameService = random.nextInt(guests);
        contracts.nameService(at + "g" + nameService).probe(at + "g0", "p");
        if (sheds && nameService != guests - 1) {
            String last = at + "g" + (guests - 1);
            contracts.sheds(last, Duration.ofSeconds(20));
            before.removeAll(List.of(last, last + "-stack"));
        }
        contracts.fedBy(ups(at));
    }

    private void guest(String id, String node) {
        FakeContracts.Relating guest = relate(contracts.guest(id, node))
                .grace(30 + random.nextInt(120))
                .takes(10, 20);
        if (random.nextInt(4) == 0) {
            guest.neverForce();
        }
        if (random.nextInt(10) == 0) {
            guest.alwaysStart();
        }
        before.add(id);
        if (random.nextInt(3) == 0) {
            relate(contracts.stack(id + "-stack", id))
                    .stopBy(List.of(Stack.StopBy.values()).get(random.nextInt(3)))
                    .takes(5, 5);
            before.add(id + "-stack");
        }
    }

    private FakeContracts.Relating relate(FakeContracts.Relating asset) {
        for (int i = random.nextInt(3); i > 0 && !before.isEmpty(); i--) {
            String other = before.get(random.nextInt(before.size()));
            if (random.nextInt(4) == 0) {
                asset.through(other);
            } else {
                asset.needs(other);
            }
        }
        return asset;
    }

    private Ups ups(String at) {
        Ups.MqttSource source = new Ups.MqttSource(
                "tcp://127.0.0.1:1883",
                Optional.empty(),
                Ups.Format.JSON,
                "ups",
                Map.of("status", "status"),
                Map.of(),
                Duration.ofSeconds(1),
                random.nextBoolean() ? Optional.of(Duration.ofSeconds(10)) : Optional.empty());
        return new Ups(AssetId.parse(at + "ups"), "a UPS", source, Duration.ofMinutes(20));
    }
}
