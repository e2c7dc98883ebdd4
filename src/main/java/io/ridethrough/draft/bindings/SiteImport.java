package io.ridethrough.draft.bindings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.SiteId;
import io.ridethrough.draft.Draft;
import io.ridethrough.draft.NewSite;
import io.ridethrough.draft.bindings.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One site out of the bindings. */
final class SiteImport {
    final Bindings bindings;
    final Spot topology;
    final Findings findings;
    final Draft draft;
    final Lan lan;
    final List<Known> nodes = new ArrayList<>();
    final List<Known> guests = new ArrayList<>();
    final List<Known> nases = new ArrayList<>();
    private final SiteId id;

    SiteImport(Bindings bindings, Spot topology, SiteId id, Findings findings) {
        this.bindings = bindings;
        this.topology = topology;
        this.id = id;
        this.findings = findings;
        this.draft = new Draft(id);
        this.lan = topology.text("lan_cidr").flatMap(Lan::of).orElse(new Lan(0, 32));
    }

    Draft draft() {
        site();
        new Machines(this).read();
        new Order(this).read();
        new Stacks(this).read();
        new Mounts(this).read();
        new Endpoints(this).read();
        new Devices(this).read();
        new Backups(this).read();
        draft.noneWhereEmpty("the bindings say nothing of this");
        return draft;
    }

    private void site() {
        Optional<String> zone = findings.first(
                "the time zone", bindings.all("backup.calendar.yaml", "timezone"), UnaryOperator.identity());
        ObjectNode values = NewSite.describe(
                draft, zone.orElse("UTC"), "written from bindings, which say neither domain, tier nor power-off");
        List<Spot> lans = new ArrayList<>(List.of(topology.get("lan_cidr")));
        bindings.all("device.registry.yaml", "network").stream()
                .map(network -> network.get("subnet"))
                .filter(subnet ->
                        subnet.text().flatMap(Lan::of).filter(this::near).isPresent())
                .forEach(lans::add);
        bindings.list("vlan.topology.contract.yaml", "vlans").stream()
                .map(vlan -> vlan.get(id.value()).get("subnet"))
                .limit(1)
                .forEach(lans::add);
        findings.first("the LAN of site " + id, lans, UnaryOperator.identity()).ifPresent(it -> values.put("lan", it));
        topology.text("notes").ifPresent(notes -> Draft.note(values, notes));
        bindings.all("topology.sites.yaml", "owner").stream()
                .flatMap(owner -> owner.text().stream())
                .findFirst()
                .ifPresent(owner -> values.withObjectProperty("defaults").put("owner", owner));
        findings.add(
                Kind.ASSUMED,
                "nothing says what feeds site " + id + " or which UPS it has",
                "no UPS is declared",
                topology);
    }

    private boolean near(Lan other) {
        return lan.address() == other.address() || (lan.address() ^ other.address()) >>> 16 == 0;
    }

    /** Whether a site's own name for something of it is this site's. */
    boolean mine(Spot entry) {
        return entry.text("site").map(id.value()::equals).orElse(true);
    }

    String name() {
        return id.value();
    }

    Optional<Known> find(String name) {
        return all().stream().filter(one -> one.called(name)).findFirst();
    }

    /** Every machine of the site. */
    List<Known> all() {
        List<Known> all = new ArrayList<>(nodes);
        all.addAll(guests);
        all.addAll(nases);
        return all;
    }
}
