package io.ridethrough.plan;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.SiteId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A simulation of a run with declared durations: a step begins when its last need is met and its lane has room; in a
 * lane, first come first served. Guests of a node start and stop side by side as far as the node's limits go; nodes of
 * a site wake as far apart as they declare (R41). O((S + N) log S) for S steps with N needs.
 */
final class Forecasting {
    private record Lane(AssetId node, Verb verb) {}

    /** A step has begun and will end then. */
    private record Ending(Duration at, int step) {
        static final Comparator<Ending> ORDER = Comparator.comparing(Ending::at).thenComparingInt(Ending::step);
    }

    private final Map<AssetId, Asset> assets;
    private final List<Step> steps;
    private final List<List<Integer>> dependents = new ArrayList<>();
    private final int[] open;
    private final Map<Lane, Integer> free = new HashMap<>();
    private final Map<Lane, Deque<Integer>> queues = new HashMap<>();
    private final Map<SiteId, Integer> lastWake = new HashMap<>();
    private final PriorityQueue<Ending> endings = new PriorityQueue<>(Ending.ORDER);
    private final Duration[] begins;
    private final Duration[] ends;
    /** The step that decided when this one begins, or itself. */
    private final int[] because;
    /** What the same run powers off; where it takes down at all, other machines are up and need no waking. */
    private final Set<AssetId> off = new HashSet<>();

    private final boolean takesDown;

    Forecasting(Map<AssetId, Asset> assets, List<Step> steps) {
        this.assets = assets;
        this.steps = steps;
        this.open = new int[steps.size()];
        this.because = new int[steps.size()];
        this.begins = new Duration[steps.size()];
        this.ends = new Duration[steps.size()];
        this.takesDown = steps.stream().anyMatch(step -> step.phase() == Phase.SHUTDOWN);
        steps.stream()
                .filter(step -> step.verb() == Verb.POWER_OFF || step.verb() == Verb.HAND_OVER)
                .forEach(step -> step.asset().ifPresent(off::add));
        Map<StepId, Integer> indices = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            indices.put(step.id(), i);
            dependents.add(new ArrayList<>());
            begins[i] = Duration.ZERO;
            ends[i] = Duration.ZERO;
            because[i] = i;
            for (StepId need : step.needs()) {
                dependents
                        .get(Optional.ofNullable(indices.get(need)).orElseThrow())
                        .add(i);
                open[i]++;
            }
        }
    }

    Forecast forecast() {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).needs().isEmpty()) {
                ready(i, Duration.ZERO, i);
            }
        }
        while (!endings.isEmpty()) {
            end(endings.remove());
        }
        Map<StepId, Forecast.Span> spans = new HashMap<>();
        int last = -1;
        for (int i = 0; i < steps.size(); i++) {
            spans.put(steps.get(i).id(), new Forecast.Span(begins[i], ends[i]));
            last = last < 0 || ends[i].compareTo(ends[last]) >= 0 ? i : last;
        }
        return new Forecast(last < 0 ? Duration.ZERO : ends[last], chain(last), spans);
    }

    private void ready(int index, Duration now, int cause) {
        because[index] = cause;
        Optional<Lane> lane = lane(steps.get(index));
        if (lane.isEmpty()) {
            begin(index, apart(index, now));
        } else if (free.computeIfAbsent(lane.get(), this::room) > 0) {
            free.merge(lane.get(), -1, Integer::sum);
            begin(index, now);
        } else {
            queues.computeIfAbsent(lane.get(), at -> new ArrayDeque<>()).add(index);
        }
    }

    private void begin(int index, Duration at) {
        begins[index] = at;
        ends[index] = at.plus(steps.get(index).expected());
        endings.add(new Ending(ends[index], index));
    }

    private void end(Ending ending) {
        lane(steps.get(ending.step())).ifPresent(lane -> leave(lane, ending));
        for (int dependent : dependents.get(ending.step())) {
            if (--open[dependent] == 0) {
                ready(dependent, ending.at(), ending.step());
            }
        }
    }

    private void leave(Lane lane, Ending ending) {
        Integer next = queues.computeIfAbsent(lane, at -> new ArrayDeque<>()).poll();
        if (next == null) {
            free.merge(lane, 1, Integer::sum);
        } else {
            because[next] = ending.step();
            begin(next, ending.at());
        }
    }

    /** When a step that is ready now may begin, if it is one of those that keep a distance. */
    private Duration apart(int index, Duration now) {
        Optional<Node> node = nodeWoken(steps.get(index));
        Optional<SiteId> site = node.map(woken -> woken.id().site());
        Optional<Integer> before = site.map(lastWake::get);
        site.ifPresent(at -> lastWake.put(at, index));
        Duration earliest = before.map(at -> begins[at].plus(node.orElseThrow().wakesApart()))
                .orElse(Duration.ZERO);
        if (earliest.compareTo(now) <= 0) {
            return now;
        }
        because[index] = before.orElseThrow();
        return earliest;
    }

    private Optional<Node> nodeWoken(Step step) {
        return step.asset()
                .filter(asset -> step.verb() == Verb.WAKE && (!takesDown || off.contains(asset)))
                .map(assets::get)
                .filter(Node.class::isInstance)
                .map(Node.class::cast);
    }

    private Optional<Lane> lane(Step step) {
        if (step.verb() != Verb.START && step.verb() != Verb.SHUT_DOWN) {
            return Optional.empty();
        }
        return step.asset()
                .map(assets::get)
                .filter(Guest.class::isInstance)
                .map(guest -> new Lane(((Guest) guest).runsOn(), step.verb()));
    }

    private int room(Lane lane) {
        if (assets.get(lane.node()) instanceof Node node) {
            return lane.verb() == Verb.START ? node.startsAtOnce() : node.stopsAtOnce();
        }
        return 1;
    }

    private List<StepId> chain(int last) {
        List<StepId> chain = new ArrayList<>();
        for (int at = last; at >= 0; at = because[at] == at ? -1 : because[at]) {
            chain.add(steps.get(at).id());
        }
        Collections.reverse(chain);
        return chain;
    }
}
