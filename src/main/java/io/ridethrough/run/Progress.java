package io.ridethrough.run;

import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an open run stands: what has settled, what runs, what waits for whom, time against forecast.
 *
 * @param since how long it has run
 * @param running the steps under way and since when
 * @param said what some of them wait for, in words
 * @param waiting the steps not yet begun and the needs they still wait for
 * @param asleep why nothing of it goes on at present, if so
 * @param unjournalled why it goes on without its journal, if so (R34)
 * @param otherContracts that the folder holds other contracts than those it was planned with, if so (R33)
 * @param halted the steps that wait for a person, and why
 * @param escalated why a person is needed by what has settled so far
 * @param rulings what persons said about its steps, oldest first (R33)
 */
public record Progress(
        String run,
        Plan plan,
        Duration since,
        List<Settled> settled,
        Map<StepId, Duration> running,
        Map<StepId, String> said,
        Map<StepId, List<StepId>> waiting,
        Optional<String> asleep,
        Optional<String> unjournalled,
        Optional<String> otherContracts,
        Map<StepId, String> halted,
        List<String> escalated,
        List<Ruling> rulings) {

    static Progress of(OpenRun run, Time time) {
        List<Settled> settled = run.settled();
        Map<StepId, Duration> running = new LinkedHashMap<>();
        run.running().forEach((step, since) -> running.put(step, Duration.between(since, time.now())));
        List<StepId> done = settled.stream().map(one -> one.step().id()).toList();
        Map<StepId, List<StepId>> waiting = new LinkedHashMap<>();
        for (Step step : run.plan.steps()) {
            if (!done.contains(step.id()) && !running.containsKey(step.id())) {
                waiting.put(
                        step.id(),
                        step.needs().stream()
                                .filter(need -> !done.contains(need))
                                .toList());
            }
        }
        return new Progress(
                run.id,
                run.plan,
                Duration.ofNanos(time.nanos() - run.begunNanos),
                settled,
                running,
                run.said(),
                waiting,
                run.asleep(),
                run.unjournalled(),
                run.otherContracts(),
                run.halted(),
                Escalation.of(run),
                run.rulings.all());
    }
}
