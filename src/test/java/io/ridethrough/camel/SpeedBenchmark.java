package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Begun;
import io.ridethrough.run.Plans;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the product itself costs: its own routes, run and journal over a world whose every command takes 200 ms. Prints
 * figures and asserts only that the run ended well; what they mean stands in {@code src/docs/benchmarks.md}.
 *
 * <pre>mvn -B test -Dtest=SpeedBenchmark -Dgroups=long -DexcludedGroups=</pre>
 */
@Tag("long")
class SpeedBenchmark {
    private static final Duration PACE = Duration.ofMillis(200);

    @TempDir
    Path folder;

    @Test
    void printsWhatAShutdownCosts() throws Exception {
        measure("first run of a process", 15, 4);
        measure("20 steps", 20, 4);
        measure("200 steps", 200, 8);
        measure("1,000 steps", 1_000, 10);
    }

    private void measure(String name, int count, int levels) throws Exception {
        List<Step> steps = graph(count, levels);
        try (RoutesBench bench = new RoutesBench(
                folder.resolve(name),
                Plans.noContracts(),
                (intent, contracts, seen) -> Plans.plan(intent, steps),
                Duration.ofSeconds(60),
                PACE)) {
            long heapBefore = heap();
            long cpuBefore = cpu();
            Intent intent = Plans.intent(Trigger.HAND, Phase.SHUTDOWN);
            long triggered = System.nanoTime();
            Begun begun =
                    bench.engine.starts().begin(intent).toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(begun).isInstanceOf(Begun.Running.class);
            String run = ((Begun.Running) begun).run();
            CompletionStage<String> closing = bench.runs.closing(run).orElseThrow();
            assertThat(closing.toCompletableFuture().get(120, TimeUnit.SECONDS)).isEqualTo("complete");
            long ended = System.nanoTime();
            double makespan = (ended - triggered) / 1e6;
            double critical = (double) PACE.toMillis() * levels;
            System.out.printf(
                    Locale.ROOT,
                    "%-24s makespan %6.0f ms / critical path %5.0f ms = %.3f; trigger to first command %5.1f ms; "
                            + "CPU %5.2f ms a step; heap +%.1f MiB%n",
                    name,
                    makespan,
                    critical,
                    makespan / critical,
                    (bench.world.firstCommandAt() - triggered) / 1e6,
                    (cpu() - cpuBefore) / 1e6 / count,
                    (heap() - heapBefore) / 1048576.0);
        }
    }

    /** Layers of equal size; every step needs two of the layer before, so that the longest chain has one of each. */
    private static List<Step> graph(int count, int levels) {
        Random random = new Random(42);
        List<Step> steps = new ArrayList<>();
        int wide = count / levels;
        for (int i = 0; i < count; i++) {
            int level = Math.min(levels - 1, i / wide);
            String[] needs = level == 0
                    ? new String[0]
                    : random.ints((level - 1) * wide, level * wide)
                            .distinct()
                            .limit(2)
                            .mapToObj(need -> "s" + need)
                            .toArray(String[]::new);
            steps.add(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "s" + i, needs));
        }
        return steps;
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
