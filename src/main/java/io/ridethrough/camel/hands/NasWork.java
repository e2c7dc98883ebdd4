package io.ridethrough.camel.hands;

import io.ridethrough.contract.Nas;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Busy;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nas.NasTold;
import io.ridethrough.target.nas.NasTold.BackupTask;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * The backup tasks of a NAS, which a power-off would break (R29). They are suspended, never cancelled: what was copied
 * stays, and the task goes on when somebody resumes it (protocols 2.2). Only DSM tells of them; one that declares none is
 * not asked.
 */
final class NasWork {
    private final Tools tools;

    NasWork(Tools tools) {
        this.tools = tools;
    }

    CompletionStage<Busy> at(Nas nas) {
        if (nas.api().isEmpty()) {
            return CompletableFuture.completedFuture(
                    new Busy.Unseen("no api of it is declared, which tells its backups"));
        }
        return tools.nases().ask(nas.id(), new NasAsk.Backups()).thenApply(NasWork::busy);
    }

    private static Busy busy(Told told) {
        if (!(told instanceof NasTold.Backups backups)) {
            return new Busy.Unseen("its backups are not told: " + told.words());
        }
        List<BackupTask> running = backups.running();
        return running.isEmpty()
                ? new Busy.Free("no backup of it runs")
                : new Busy.Taken(running.stream()
                        .map(task -> "its backup " + task.name())
                        .collect(Collectors.joining(", ", "", running.size() == 1 ? " runs" : " run")));
    }

    /** Suspends those that run, each once; accepted only where all are. */
    CompletionStage<Answer> suspend(Nas nas, Duration limit) {
        return tools.nases().ask(nas.id(), new NasAsk.Backups()).thenCompose(told -> {
            List<BackupTask> running = told instanceof NasTold.Backups backups ? backups.running() : List.of();
            return Answers.all(
                    running.stream()
                            .map(task -> tools.nases().ask(nas.id(), new NasAsk.SuspendBackup(task.id(), limit)))
                            .toList(),
                    "no backup of it is told to run");
        });
    }
}
