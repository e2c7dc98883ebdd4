package io.ridethrough.run;

import io.ridethrough.plan.Forecast;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Until when each step of a shutdown may take, so that every host is off before the battery is empty (R12): until then,
 * less what the steps that wait for it need at least. Guests may be forced or left to their node's own shutdown; a host
 * needs its whole power-off. So graces shrink first, and order yields last: a host that must be told now is told, whatever
 * it waits for has become. Without a known end of the battery nothing is limited. Thread-safe.
 */
final class Budget {
    /** Kept between the last power-off and the end of the battery. */
    private static final Duration MARGIN = Duration.ofSeconds(20);
    /** What a guest needs at least: a forced stop, sent and seen. */
    private static final Duration FORCED = Duration.ofSeconds(10);

    private static final Set<Verb> HOSTS = EnumSet.of(Verb.POWER_OFF, Verb.SEAL, Verb.HAND_OVER);

    private final Plan plan;
    private final Map<StepId, List<Step>> dependents = new HashMap<>();
    private final Map<StepId, Duration> after = new HashMap<>();
    private OptionalLong empty = OptionalLong.empty();
    private OptionalLong ends = OptionalLong.empty();

    Budget(Plan plan) {
        this.plan = plan;
        for (Step step : plan.steps()) {
            if (step.phase() == Phase.SHUTDOWN) {
                step.needs().forEach(need -> dependents
                        .computeIfAbsent(need, at -> new ArrayList<>())
                        .add(step));
            }
        }
    }

    /** When the battery is empty, on the clock of {@link Time#nanos}; nothing while that is not known. */
    synchronized void emptyAt(OptionalLong at) {
        empty = at;
    }

    /** Nothing of it is waited for beyond that moment, whatever the battery leaves: something greater goes ahead. */
    synchronized void endAt(long at) {
        ends = OptionalLong.of(at);
    }

    /**
     * Until when a rung of a step may take; nothing where it is not limited.
     *
     * @param forceFollows whether its next rung is a forced one, which needs its time too
     */
    synchronized OptionalLong latest(Step step, boolean forceFollows) {
        if (step.phase() != Phase.SHUTDOWN || ends.isPresent() || empty.isEmpty()) {
            return step.phase() == Phase.SHUTDOWN ? ends : OptionalLong.empty();
        }
        Duration kept = MARGIN.plus(after(step)).plus(forceFollows ? FORCED : Duration.ZERO);
        return OptionalLong.of(empty.getAsLong() - kept.toNanos());
    }

    private Duration after(Step step) {
        @Nullable Duration known = after.get(step.id());
        if (known != null) {
            return known;
        }
        Duration longest = Duration.ZERO;
        for (Step dependent : dependents.getOrDefault(step.id(), List.of())) {
            Duration needed = least(dependent).plus(after(dependent));
            longest = needed.compareTo(longest) > 0 ? needed : longest;
        }
        after.put(step.id(), longest);
        return longest;
    }

    private Duration least(Step step) {
        Duration expected = Optional.ofNullable(plan.forecast().spans().get(step.id()))
                .map(Budget::length)
                .orElse(step.expected());
        return HOSTS.contains(step.verb()) || expected.compareTo(FORCED) < 0 ? expected : FORCED;
    }

    private static Duration length(Forecast.Span span) {
        return span.end().minus(span.begin());
    }
}
