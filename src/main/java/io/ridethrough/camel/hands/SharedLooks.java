package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Guest;
import io.ridethrough.run.Time;
import io.ridethrough.target.proxmox.GuestList;
import io.ridethrough.target.proxmox.GuestState;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Looks at guests, so that many at once cost a node one listing and not a command each. A look at a quiet node is sent
 * at once; those that come while one is on its way are collected for a moment and share what is sent then. So no look is
 * answered by anything that was asked before the look began.
 *
 * <p>Only a row speaks for its guest: who is not in a listing is asked for by number, so that neither an empty listing
 * nor a wrong kind is ever taken for a state. Thread-safe, holds no thread.
 */
final class SharedLooks {
    private static final Duration MOMENT = Duration.ofMillis(2);

    /** How a guest's node is asked. */
    interface Way {
        CompletionStage<Told> ask(Guests.OnNode at, NodeAsk ask);
    }

    private record Group(AssetId node, Guest.Form form) {}

    private record Look(Guests.OnNode at, CompletableFuture<GuestState> state) {}

    private static final class Going {
        private int onTheWay;
        private List<Look> collected = new ArrayList<>();
    }

    private final Time time;
    private final Way way;
    private final Map<Group, Going> groups = new HashMap<>();

    SharedLooks(Time time, Way way) {
        this.time = time;
        this.way = way;
    }

    /** What its node tells of a guest, asked from now on. */
    CompletionStage<GuestState> state(Guests.OnNode at) {
        Group group = new Group(at.node().id(), at.guest().form());
        Look look = new Look(at, new CompletableFuture<>());
        boolean first;
        synchronized (groups) {
            Going going = groups.computeIfAbsent(group, any -> new Going());
            if (going.onTheWay == 0 && going.collected.isEmpty()) {
                going.onTheWay++;
                first = true;
            } else {
                going.collected.add(look);
                first = false;
                if (going.collected.size() > 1) {
                    return look.state();
                }
            }
        }
        if (first) {
            ask(look).whenComplete((done, trouble) -> arrived(group));
        } else {
            time.after(MOMENT).thenRun(() -> send(group));
        }
        return look.state();
    }

    private void send(Group group) {
        List<Look> together;
        synchronized (groups) {
            Going going = groups.computeIfAbsent(group, any -> new Going());
            together = going.collected;
            going.collected = new ArrayList<>();
            going.onTheWay++;
        }
        CompletionStage<?> sent = together.size() == 1 ? ask(together.get(0)) : list(group, together);
        sent.whenComplete((done, trouble) -> arrived(group));
    }

    private void arrived(Group group) {
        synchronized (groups) {
            groups.computeIfAbsent(group, any -> new Going()).onTheWay--;
        }
    }

    private CompletionStage<?> ask(Look look) {
        return told(
                way.ask(
                                look.at(),
                                new NodeAsk.State(
                                        look.at().guest().form(),
                                        look.at().guest().vmid()))
                        .thenApply(Guests::state),
                look);
    }

    private CompletionStage<?> list(Group group, List<Look> together) {
        Guests.OnNode any = together.get(0).at();
        return way.ask(any, new NodeAsk.Guests(group.form()))
                .whenComplete((told, trouble) -> together.forEach(look -> {
                    if (told instanceof NodeTold.Listed listed) {
                        fromList(listed.list(), look);
                    } else if (told instanceof Told.Declined) {
                        ask(look);
                    } else {
                        String why = trouble == null ? Answers.of(told).evidence() : String.valueOf(trouble);
                        look.state().complete(new GuestState.Unreadable(why));
                    }
                }));
    }

    private void fromList(GuestList list, Look look) {
        list.row(look.at().guest().vmid())
                .ifPresentOrElse(row -> look.state().complete(new GuestState.At(row.status())), () -> ask(look));
    }

    private static CompletionStage<?> told(CompletionStage<GuestState> state, Look look) {
        return state.whenComplete((told, trouble) ->
                look.state().complete(trouble == null ? told : new GuestState.Unreadable(String.valueOf(trouble))));
    }
}
