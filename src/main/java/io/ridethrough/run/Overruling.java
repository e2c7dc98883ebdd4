package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.DeclaredHosts;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Ruling.Word;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * How a person's word about one step takes effect (R33): refused with a reason, or in the journal first. The same word
 * twice is the same as once.
 */
final class Overruling {
    /** Steps of the run's own frame: no asset is done or left out with them. */
    private static final Set<Verb> FRAME = Set.of(Verb.PHASE_END, Verb.SEAL, Verb.HAND_OVER);

    private final OpenRuns open;
    private final Ledger ledger;
    private final List<Consumer<AssetId>> moved = new CopyOnWriteArrayList<>();

    Overruling(OpenRuns open, Ledger ledger) {
        this.open = open;
        this.ledger = ledger;
    }

    /** Asks to be told of every asset that is reached elsewhere from now on, or again where it is declared. */
    void whenMoved(Consumer<AssetId> listener) {
        moved.add(listener);
    }

    /** What a run has moved is back where it is declared once the run has closed. */
    void movesBack(OpenRun run) {
        var unused = run.closed.thenRun(() -> run.addresses().keySet().forEach(this::tellMoved));
    }

    private void tellMoved(AssetId asset) {
        moved.forEach(told -> told.accept(asset));
    }

    Ruled rule(Ruling ruling) {
        Optional<OpenRun> run = open.find(ruling.run());
        if (run.isEmpty()) {
            return new Ruled.Denied("no run \"" + ruling.run() + "\" is open");
        }
        Optional<Step> step = run.get().step(ruling.step());
        if (step.isEmpty()) {
            return new Ruled.Denied("run \"" + ruling.run() + "\" has no step \"" + ruling.step() + "\"");
        }
        Ruled ruled = decide(run.get(), step.get(), ruling);
        run.get().rulings.tell(step.get());
        run.get().changed();
        if (ruling.word() == Word.AT && ruled instanceof Ruled.Taken) {
            step.get().asset().ifPresent(this::tellMoved);
            movesBack(run.get());
        }
        return ruled;
    }

    private Ruled decide(OpenRun run, Step step, Ruling ruling) {
        synchronized (run.deciding) {
            if (isInEffect(run, step, ruling)) {
                return new Ruled.Taken(ruling, GivenUp.by(ruling, step), List.of());
            }
            Optional<String> refusal = refusal(run, step, ruling);
            if (refusal.isPresent()) {
                return new Ruled.Denied(refusal.get());
            }
            List<Step> again = ruling.word() == Word.AT ? List.of() : run.wouldBeAgain(step);
            ledger.write(run, Notes.RULED, body(step, ruling, again));
            if (run.forbidden().isPresent()) {
                return new Ruled.Denied(run.forbidden().get());
            }
            run.rulings.add(ruling);
            run.again(step, again);
            List<ReadyStep> ready = run.asleep().isPresent()
                    ? List.of()
                    : again.stream().map(one -> new ReadyStep(run.id, one)).toList();
            return new Ruled.Taken(ruling, GivenUp.by(ruling, step), ready);
        }
    }

    private static ObjectNode body(Step step, Ruling ruling, List<Step> again) {
        ObjectNode body = Notes.of(step);
        body.setAll(ruling.json());
        body.put("gives-up", GivenUp.by(ruling, step));
        ArrayNode steps = body.putArray("again");
        again.forEach(one -> steps.add(one.id().value()));
        return body;
    }

    private static boolean isInEffect(OpenRun run, Step step, Ruling ruling) {
        if (ruling.word() == Word.AT) {
            return step.asset()
                    .flatMap(asset -> Optional.ofNullable(run.addresses().get(asset)))
                    .equals(ruling.address());
        }
        boolean open = run.settled(step.id())
                .map(settled -> settled.outcome().isPersonsWord())
                .orElse(true);
        return open && run.rulings.last(step.id()).filter(ruling::saysTheSame).isPresent();
    }

    private static Optional<String> refusal(OpenRun run, Step step, Ruling ruling) {
        if (run.isOver()) {
            return Optional.of("the run has just ended");
        }
        if (run.stopped().isPresent()) {
            return Optional.of("the run begins nothing more: " + run.stopped().get());
        }
        if (ruling.word() == Word.AT) {
            return step.asset()
                            .filter(asset ->
                                    !DeclaredHosts.of(run.contracts, asset).isEmpty())
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of("what " + step.id()
                            + " is about declares no host of its own: name a step of the host it is reached through");
        }
        if (FRAME.contains(step.verb())) {
            return Optional.of("no person's word stands for " + step.verb().word()
                    + ": override the steps that it waits for, or abandon the run");
        }
        boolean running = run.running().containsKey(step.id());
        boolean settled = run.settled(step.id()).isPresent();
        if (step.verb() == Verb.CUT_OFF && (ruling.word() != Word.SKIP || running || settled)) {
            return Optional.of(
                    "a UPS's cut-off can only be left out before it begins; to call it back, abandon the run");
        }
        return settled ? notAgain(run, step) : notYet(run, step, ruling, running);
    }

    private static Optional<String> notAgain(OpenRun run, Step step) {
        return run.settled(step.id())
                .filter(settled -> settled.outcome().satisfied())
                .map(settled -> step.id() + " is " + settled.outcome().word() + " already: "
                        + settled.outcome().evidence());
    }

    private static Optional<String> notYet(OpenRun run, Step step, Ruling ruling, boolean running) {
        if (ruling.word() != Word.RETRY || run.rulings.decision(step).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                step.id() + (running ? " is under way: what it sent has its time" : " has not been tried yet"));
    }
}
