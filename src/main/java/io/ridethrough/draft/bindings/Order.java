package io.ridethrough.draft.bindings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.draft.bindings.Finding.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The order of guests. A phase becomes a group that needs the phase before it, and every such need is an assumption:
 * that one was started after the other is no proof that it needs it.
 */
final class Order {
    private final SiteImport site;
    private final Findings findings;
    private final Map<String, Integer> phaseOf = new HashMap<>();
    private final Map<String, Spot> placeOf = new HashMap<>();

    Order(SiteImport site) {
        this.site = site;
        this.findings = site.findings;
    }

    void read() {
        Map<Integer, Set<String>> phases = new LinkedHashMap<>();
        for (Spot phase : site.bindings.list("startup.sequencing.yaml", "phases")) {
            if (site.mine(phase)) {
                int number = phase.get("phase").node().asInt();
                Set<String> members = phases.computeIfAbsent(number, any -> new LinkedHashSet<>());
                phase.get("hosts").items().forEach(host -> members(host, number, members));
            }
        }
        groups(phases);
        site.bindings
                .all("startup.sequencing.yaml", site.name() + "_vm_lifecycle")
                .forEach(this::lists);
    }

    private void members(Spot host, int phase, Set<String> members) {
        Spot target = host.get("target");
        Optional<Known> named = site.find(target.text().orElse(""));
        if (named.isEmpty()) {
            findings.add(Kind.DANGLING, "a phase starts what is no machine of the site", "left out", target);
            return;
        }
        List<Spot> vmids = host.get("vm_ids").items();
        if (vmids.isEmpty()) {
            join(named.get(), phase, target, members);
        }
        for (Spot vmid : vmids) {
            Optional<Known> guest = guest(vmid);
            guest.ifPresent(it -> join(it, phase, vmid, members));
            if (guest.isEmpty()) {
                findings.add(Kind.DANGLING, "a phase starts a guest that is not active", "left out", vmid);
            }
        }
    }

    private void join(Known one, int phase, Spot place, Set<String> members) {
        Integer before = phaseOf.putIfAbsent(one.id(), phase);
        if (before == null) {
            placeOf.put(one.id(), place);
            members.add(one.id());
        } else if (before != phase) {
            findings.add(Kind.CONTRADICTION, one.id() + " is in two phases", "phase " + before, place);
        }
    }

    private Optional<Known> guest(Spot vmid) {
        return site.guests.stream()
                .filter(it -> vmid.text().filter(it.vmid()::equals).isPresent())
                .findFirst();
    }

    private void groups(Map<Integer, Set<String>> phases) {
        String before = "";
        for (Map.Entry<Integer, Set<String>> phase : phases.entrySet()) {
            phase.getValue()
                    .removeIf(id -> site.guests.stream().noneMatch(it -> it.id().equals(id)));
            if (phase.getValue().isEmpty()) {
                continue;
            }
            String id = "phase-" + phase.getKey();
            ObjectNode group = site.draft.add("guests", "groups").put("id", id);
            ArrayNode members = group.putArray("members");
            phase.getValue().forEach(members::add);
            if (!before.isEmpty()) {
                group.putArray("needs").add(before);
                Assume.that(group, "an order of phases, not a declared need");
                findings.add(
                        Kind.ASSUMED,
                        "the order of " + id + " after " + before,
                        "a need, from the phases",
                        Objects.requireNonNull(
                                placeOf.get(phase.getValue().iterator().next()), "who is in a phase has a place"));
            }
            before = id;
        }
    }

    private void lists(Spot lifecycle) {
        Spot starts = lifecycle.get("startup_order");
        Spot stops = lifecycle.get("shutdown_order");
        List<String> reversed = new ArrayList<>(lifecycle.texts("shutdown_order"));
        Collections.reverse(reversed);
        if (!lifecycle.texts("startup_order").equals(reversed)) {
            findings.add(
                    Kind.CONTRADICTION,
                    "the order down is not the order up reversed",
                    "neither: both follow from needs, which are the phases",
                    starts,
                    stops);
        }
        for (String list : List.of("active_vm_ids", "startup_order", "shutdown_order")) {
            for (Spot vmid : lifecycle.get(list).items()) {
                if (guest(vmid).isEmpty()) {
                    findings.add(Kind.DANGLING, list + " names a guest that is not active", "left out", vmid);
                }
            }
        }
        for (Known guest : site.guests) {
            if (!lifecycle.texts("active_vm_ids").contains(guest.vmid())) {
                findings.add(
                        Kind.CONTRADICTION,
                        "guest " + guest.id() + " is active and is not among the active",
                        "active; it has no place in the order",
                        guest.entry().get("status"),
                        lifecycle.get("active_vm_ids"));
                Assume.that(guest.values(), "active in one binding and not in another");
            }
            if (!phaseOf.containsKey(guest.id())) {
                Assume.that(guest.values(), "no phase names it: no order");
                findings.add(
                        Kind.ASSUMED,
                        "no phase names guest " + guest.id(),
                        "it needs nothing",
                        guest.entry().get("id"));
            }
        }
        against(starts);
    }

    /** A list that starts a guest before one of an earlier phase says otherwise than the phases. */
    private void against(Spot starts) {
        List<Spot> order = starts.items();
        for (int i = 0; i < order.size(); i++) {
            Optional<Known> first = guest(order.get(i));
            int at = first.map(it -> phaseOf.getOrDefault(it.id(), 0)).orElse(0);
            for (int j = i + 1; j < order.size(); j++) {
                Optional<Known> later = guest(order.get(j));
                int then = later.map(it -> phaseOf.getOrDefault(it.id(), at)).orElse(at);
                if (then < at) {
                    findings.add(
                            Kind.CONTRADICTION,
                            first.map(Known::id).orElse("") + " is started before "
                                    + later.map(Known::id).orElse("") + " by the list, after it by the phases",
                            "the phases",
                            order.get(i),
                            placeOf.getOrDefault(first.map(Known::id).orElse(""), order.get(i)));
                    break;
                }
            }
        }
    }
}
