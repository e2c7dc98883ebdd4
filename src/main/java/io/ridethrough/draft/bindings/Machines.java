package io.ridethrough.draft.bindings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.draft.bindings.Finding.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Nodes, guests and NAS: which there are, of what kind, at what address, woken by which MAC. */
final class Machines {
    private static final UnaryOperator<String> AS_IS = UnaryOperator.identity();
    private static final String GUEST_KIND = "kind";

    private final SiteImport site;
    private final Findings findings;

    Machines(SiteImport site) {
        this.site = site;
        this.findings = site.findings;
    }

    void read() {
        List<Spot> aliases = new ArrayList<>(List.of(site.topology.get("proxmox_alias")));
        site.bindings.all("startup.sequencing.yaml", site.name() + "_vm_lifecycle").stream()
                .map(lifecycle -> lifecycle.get("host_id"))
                .filter(Spot::present)
                .forEach(aliases::add);
        findings.first("the node of site " + site.name(), aliases, AS_IS)
                .ifPresent(name -> node(name, site.topology.get("proxmox_alias")));
        for (Spot guest : site.bindings.list("vm.lifecycle.yaml", "vms")) {
            if (nodeOf(guest).filter(name -> site.find(name).isPresent()).isPresent()) {
                guest(guest);
            }
        }
        for (Spot phase : site.bindings.list("startup.sequencing.yaml", "phases")) {
            if (site.mine(phase)) {
                phase.get("hosts").items().forEach(this::nas);
            }
        }
    }

    private Optional<String> nodeOf(Spot guest) {
        return guest.text("proxmox_host").or(() -> site.bindings.all("vm.lifecycle.yaml", "defaults").stream()
                .flatMap(defaults -> defaults.text("proxmox_host").stream())
                .findFirst());
    }

    private void node(String name, Spot entry) {
        ObjectNode values =
                site.draft.add("nodes", "nodes").put("id", Bindings.id(name)).put("node-name", name);
        Known node = new Known(Bindings.id(name), Set.of(name), "", entry, values);
        site.nodes.add(node);
        reach(node, Optional.empty(), true);
        wake(node);
    }

    private void guest(Spot entry) {
        String vmid = entry.text("id").orElse("");
        String name = entry.text("hostname").orElse("guest-" + vmid);
        String node = Bindings.id(nodeOf(entry).orElse(""));
        if (!site.bindings.active(entry)) {
            String status = entry.text("status").orElse("");
            site.draft
                    .add("guests", "excluded")
                    .put("vmid", entry.get("id").node().asInt())
                    .put("runs-on", node)
                    .put("name", name)
                    .put("reason", "its status is " + status);
            findings.add(Kind.STALE, "guest " + vmid + " is " + status, "excluded: never touched", entry.get("status"));
            return;
        }
        Set<String> names = new LinkedHashSet<>(List.of(name));
        entry.text("ssh_target").ifPresent(names::add);
        ObjectNode values = site.draft.add("guests", "guests").put("id", Bindings.id(name));
        Known guest = new Known(Bindings.id(name), names, vmid, entry, values);
        kind(guest);
        values.put("vmid", entry.get("id").node().asInt()).put("runs-on", node);
        site.guests.add(guest);
        reach(guest, entry.text("ssh_target"), false);
    }

    /** A wrong kind would command another guest of the same number (R22): what nobody said is marked. */
    private void kind(Known guest) {
        List<Spot> places = new ArrayList<>(List.of(guest.entry().get("vm_type")));
        for (Spot node : site.bindings.list("proxmox.inventory.yaml", "nodes")) {
            node.get("services").items().stream()
                    .filter(service ->
                            service.text("vm_id").filter(guest.vmid()::equals).isPresent())
                    .forEach(service -> {
                        places.add(service.get("type"));
                        if (!site.bindings.active(service)) {
                            findings.add(
                                    Kind.CONTRADICTION,
                                    "guest " + guest.id() + " is active and is not",
                                    "active, as its lifecycle says",
                                    guest.entry().get("status"),
                                    service.get("status"));
                        }
                    });
        }
        Optional<String> said = findings.first("the kind of guest " + guest.id(), places, Machines::kindWord);
        guest.values().put(GUEST_KIND, said.orElse("vm"));
        if (said.isEmpty()) {
            Assume.that(guest.values(), "no binding says whether it is a VM or a container");
            findings.add(
                    Kind.ASSUMED,
                    "the kind of guest " + guest.id(),
                    "vm",
                    guest.entry().get("id"));
        }
    }

    private static String kindWord(String said) {
        return List.of("lxc", "ct", "container").contains(said.toLowerCase(Locale.ROOT)) ? "container" : "vm";
    }

    /** A phase that names a machine with neither stacks nor guests brings up a store of files. */
    private void nas(Spot host) {
        String name = host.text("target").orElse("");
        boolean bare = !host.get("stacks").present() && !host.get("vm_ids").present();
        if (name.isEmpty() || !bare || site.find(name).isPresent()) {
            return;
        }
        if (Cards.of(site.bindings).stream()
                .noneMatch(new Known(name, Set.of(name), "", host, site.draft.file("storage"))::described)) {
            return;
        }
        ObjectNode values = site.draft.add("storage", "nas").put("id", Bindings.id(name));
        Assume.that(values, "a phase names it without stacks or guests: taken for a NAS");
        findings.add(
                Kind.ASSUMED, name + " is started in a phase and is no node and no guest", "a NAS", host.get("target"));
        Known nas = new Known(Bindings.id(name), Set.of(name), "", host, values);
        site.nases.add(nas);
        reach(nas, Optional.empty(), true);
        wake(nas);
    }

    private void reach(Known one, Optional<String> target, boolean always) {
        Optional<Spot> ssh = site.bindings.list("ssh.targets.yaml", "ssh").stream()
                .filter(list -> list.key().equals("targets"))
                .flatMap(list -> list.items().stream())
                .filter(entry -> entry.text("id").filter(one::called).isPresent())
                .findFirst();
        if (target.isPresent() && ssh.isEmpty()) {
            findings.add(
                    Kind.DANGLING,
                    one.id() + " names an SSH target that is not declared",
                    "no ssh",
                    one.entry().get("ssh_target"));
        }
        List<Spot> places = new ArrayList<>(List.of(one.entry().get("lan_ip")));
        Cards.of(site.bindings).stream().filter(one::described).forEach(card -> {
            places.add(card.get("lan_ip"));
            places.add(card.get("ip"));
        });
        ssh.ifPresent(entry -> places.add(entry.get("host")));
        List<Spot> inside = places.stream()
                .filter(place -> place.text().filter(site.lan::has).isPresent())
                .toList();
        Optional<String> address = findings.first("the address of " + one.id(), inside, AS_IS);
        Optional<String> outside = ssh.flatMap(entry -> entry.text("host"));
        address.ifPresent(it -> one.values().put("address", it));
        if (address.isEmpty() && outside.isPresent()) {
            findings.add(
                    Kind.ASSUMED,
                    "no address of " + one.id() + " in the LAN",
                    "only the one of its SSH target",
                    ssh.get().get("host"));
        } else if (address.isPresent()
                && outside.filter(it -> !site.lan.has(it)).isPresent()) {
            findings.add(
                    Kind.CONTRADICTION,
                    "SSH to " + one.id() + " does not go to its address in the LAN",
                    "the LAN, which needs nothing outside of the site",
                    inside.get(0),
                    ssh.get().get("host"));
        }
        if (ssh.isEmpty() && !always) {
            return;
        }
        ObjectNode access = one.values().objectNode();
        address.or(() -> outside).ifPresent(it -> access.put("host", it));
        List<Spot> users =
                new ArrayList<>(ssh.map(entry -> entry.get("user")).stream().toList());
        users.add(one.entry().get("ssh_user"));
        findings.first("the SSH user of " + one.id(), users, AS_IS).ifPresent(user -> access.put("user", user));
        if (!access.isEmpty()) {
            one.values().set("ssh", access);
        }
    }

    private void wake(Known one) {
        Set<String> macs = new TreeSet<>();
        List<Spot> places = new ArrayList<>();
        for (Spot card : Cards.of(site.bindings).stream().filter(one::described).toList()) {
            for (String key : List.of("mac", "macs")) {
                card.texts(key).forEach(mac -> macs.add(mac.toLowerCase(Locale.ROOT)));
                if (card.get(key).present()) {
                    places.add(card.get(key));
                }
            }
        }
        macs.removeIf(mac -> !mac.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}"));
        if (macs.isEmpty()) {
            findings.add(Kind.ASSUMED, "no binding says the MAC of " + one.id(), "no way to wake it", one.entry());
            return;
        }
        findings.add(
                macs.size() > 1 ? Kind.CONTRADICTION : Kind.ASSUMED,
                "the MAC by which " + one.id() + " is woken" + (macs.size() > 1 ? " is said in several ways" : ""),
                "all of them, as an assumption: nobody looked at the label",
                places.toArray(Spot[]::new));
        ObjectNode wake = site.draft.add("power", "wake").put("asset", one.id());
        ObjectNode way = wake.putArray("ways").addObject();
        ArrayNode list = way.putObject("wake-on-lan").putArray("macs");
        macs.forEach(list::add);
        way.withObjectProperty("wake-on-lan").put("broadcast", site.lan.broadcast());
        Assume.that(way, "read from bindings; no one looked at the label, nor whether Wake-on-LAN is switched on");
    }
}
