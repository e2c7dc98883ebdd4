package io.ridethrough.breakglass;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.DeclaredHosts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Stack;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Planner;
import io.ridethrough.plan.Request;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Verb;
import io.ridethrough.target.ssh.SshHosts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How one site is taken down and brought back by hand.
 *
 * @param notes what a person should know besides, the plan's own notes among them
 */
public record Sheet(Site site, Instant made, String digest, List<Move> down, List<Move> up, List<String> notes) {
    public Sheet {
        down = List.copyOf(down);
        up = List.copyOf(up);
        notes = List.copyOf(notes);
    }

    /** From contracts alone: every declared guest, nodes and NAS included. */
    public static Sheet of(Contracts contracts, SiteId id, Instant made) {
        Site site = Optional.ofNullable(contracts.sites().get(id)).orElseThrow();
        Plan down = plan(contracts, id, "shutdown");
        Plan up = plan(contracts, id, "startup");
        List<String> notes = new ArrayList<>(down.notes());
        up.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
        List<Move> downwards = moves(down, contracts);
        List<Move> upwards = moves(up, contracts);
        downwards.stream()
                .filter(move -> DeclaredHosts.isName(move.at().host()))
                .forEach(move -> notes.add(
                        move.id() + " is declared by name (" + move.at().host() + "): it needs a name service"));
        return new Sheet(site, made, contracts.digest(), downwards, upwards, notes);
    }

    private static Plan plan(Contracts contracts, SiteId id, String mode) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("scope", id.toString()).put("mode", mode);
        request.putArray("power-off").add(id.toString());
        Request read = Request.read(request, contracts, "break-glass");
        return Planner.plan(((Request.Accepted) read).intent(), contracts, allRan(contracts, id));
    }

    /** Who starts them by hand goes by what ran before: none is left out because its node does not start it. */
    private static Seen allRan(Contracts contracts, SiteId id) {
        Set<AssetId> guests = Optional.ofNullable(contracts.sites().get(id)).stream()
                .flatMap(site -> site.guests().stream())
                .map(Guest::id)
                .collect(Collectors.toSet());
        return new Seen(guests, guests, Set.of());
    }

    /** The longest way from the beginning counts the stages: what needs nothing is in the first. */
    private static List<Move> moves(Plan plan, Contracts contracts) {
        Map<StepId, Integer> stages = new HashMap<>();
        List<Move> moves = new ArrayList<>();
        for (Step step : plan.steps()) {
            int before = step.needs().stream()
                    .mapToInt(need -> stages.getOrDefault(need, 0))
                    .max()
                    .orElse(0);
            Optional<Move> move =
                    step.asset().flatMap(contracts::asset).flatMap(asset -> move(before + 1, step, asset, contracts));
            stages.put(step.id(), before + (move.isPresent() ? 1 : 0));
            move.ifPresent(moves::add);
        }
        moves.sort((a, b) -> Integer.compare(a.stage(), b.stage()));
        return moves;
    }

    private static Optional<Move> move(int stage, Step step, Asset asset, Contracts contracts) {
        return switch (step.verb()) {
            case SHUT_DOWN, START -> {
                Guest guest = (Guest) asset;
                Node node = (Node) contracts.asset(guest.runsOn()).orElseThrow();
                yield Optional.of(
                        step.verb() == Verb.START
                                ? Move.guestUp(stage, guest, node)
                                : Move.guestDown(stage, guest, node));
            }
            case COMPOSE_STOP, COMPOSE_DOWN -> Optional.of(Move.stackDown(stage, (Stack) asset));
            case COMPOSE_UP -> Optional.of(Move.stackUp(stage, (Stack) asset));
            case POWER_OFF, HAND_OVER -> Optional.of(Move.hostDown(stage, asset));
            case WAKE ->
                Optional.of(Move.wake(
                        stage, asset, helper -> contracts.asset(helper).flatMap(SshHosts::accessOf)));
            case CHECK,
                    GUARD,
                    GATE,
                    BACK_UP,
                    HA_OFF,
                    HA_ON,
                    SEAL,
                    CUT_OFF,
                    RECOVER,
                    REMEDY,
                    PROBE,
                    PHASE_END,
                    BETWEEN,
                    REBOOT -> Optional.empty();
        };
    }

    /** What stands in the site's racks, for the page: nodes and NAS with their addresses. */
    List<Asset> machines() {
        return site.assets().stream()
                .filter(asset -> asset instanceof Node || asset instanceof Nas)
                .toList();
    }
}
