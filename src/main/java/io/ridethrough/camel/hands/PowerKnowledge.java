package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.run.Time;
import io.ridethrough.target.BootId;
import io.ridethrough.target.off.PowerProof.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What this process has seen of hosts' power: which are proven off, which are going off, how long one is silent. All of
 * it is forgotten the moment the host answers. Thread-safe.
 */
final class PowerKnowledge {
    private static final Duration UNBROKEN = Duration.ofSeconds(30);

    private record Silence(long since, long lastSeen) {}

    private final Time time;
    private final Map<AssetId, String> off = new HashMap<>();
    private final Map<AssetId, BootId> boots = new HashMap<>();
    private final Map<AssetId, CompletionStage<Verdict>> watches = new HashMap<>();
    private final Map<AssetId, AlarmClock.Alarm> alarms = new HashMap<>();
    private final Map<AssetId, Silence> silences = new HashMap<>();

    PowerKnowledge(Time time) {
        this.time = time;
    }

    /** The evidence that this host is off, where it was proven and the host has not answered since. */
    synchronized Optional<String> provenOff(AssetId host) {
        return Optional.ofNullable(off.get(host));
    }

    /** The host answered over its own session: whatever was believed of its absence is over. */
    synchronized void answered(AssetId host) {
        off.remove(host);
        silences.remove(host);
    }

    /** What came of its clock's alarm before it is told to power off. */
    synchronized void alarmed(AssetId host, AlarmClock.Alarm alarm) {
        alarms.put(host, alarm);
    }

    /** What came of its clock's alarm before its last power-off, unless it has booted since. */
    synchronized AlarmClock.Alarm alarm(AssetId host) {
        return alarms.getOrDefault(host, AlarmClock.Alarm.NONE);
    }

    /** It answered with that boot: a power-off that another boot was told of is over. */
    synchronized void booted(AssetId host, BootId boot) {
        answered(host);
        watches.remove(host);
        if (!boot.equals(boots.put(host, boot))) {
            alarms.remove(host);
        }
    }

    /** Its power-off was accepted and is being watched. */
    synchronized void goingOff(AssetId host, CompletionStage<Verdict> watch) {
        watches.put(host, watch);
        watch.thenAccept(verdict -> settled(host, watch, verdict));
    }

    synchronized Optional<CompletionStage<Verdict>> watch(AssetId host) {
        return Optional.ofNullable(watches.get(host));
    }

    /** Whether that boot is the very one that was told to power off and is still at it. */
    synchronized boolean isGoingOff(AssetId host, BootId boot) {
        return watches.containsKey(host) && boot.equals(boots.get(host));
    }

    /** Notes a silent moment, and tells how long the silence lasts without a break. */
    synchronized Duration silent(AssetId host) {
        long now = time.nanos();
        Silence before = silences.get(host);
        long since = before != null && now - before.lastSeen() <= UNBROKEN.toNanos() ? before.since() : now;
        Silence silence = new Silence(since, now);
        silences.put(host, silence);
        return Duration.ofNanos(now - silence.since());
    }

    private synchronized void settled(AssetId host, CompletionStage<Verdict> watch, Verdict verdict) {
        if (watches.remove(host, watch) && verdict instanceof Verdict.Off) {
            off.put(host, verdict.evidence());
        }
    }
}
