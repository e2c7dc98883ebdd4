package io.ridethrough.camel.look;

import io.ridethrough.contract.Control;
import io.ridethrough.contract.Node;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.Said;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.proxmox.BackupJobs;
import io.ridethrough.target.proxmox.BackupRun;
import io.ridethrough.target.proxmox.NodeCommands;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.Shell;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** When a node backs its guests up, and how that ended last. */
final class ScheduleLooks implements Looks {
    private final Shell shell;
    private final InstantSource clock;

    ScheduleLooks(Shell shell, InstantSource clock) {
        this.shell = shell;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        Node node = (Node) subject.asset().orElseThrow();
        boolean sudo = node.ssh().sudo();
        return probe.ask() == Control.Ask.BACKUP_RUN
                ? shell.run(node.id(), NodeCommands.backups(node.nodeName(), sudo))
                        .thenApply(this::run)
                : shell.run(node.id(), NodeCommands.jobs(sudo)).thenApply(ScheduleLooks::jobs);
    }

    /** A file that is not there schedules nothing. */
    private static Look jobs(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)
                || (exited.code() != 0 && !exited.err().contains("No such file"))) {
            return new Look.Unseen(Said.by(result));
        }
        BackupJobs jobs = BackupJobs.read(exited.out());
        return new Look.Seen(Map.of("jobs", jobs.ids(), "invalid", jobs.invalid()));
    }

    private Look run(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited) || exited.code() != 0) {
            return new Look.Unseen(Said.by(result));
        }
        return Reply.json(exited.out())
                .<Look>map(tasks -> new Look.Seen(BackupRun.last(tasks)
                        .map(run -> Map.<String, Object>of(
                                "hours",
                                Duration.between(run.ended(), clock.instant()).toHours(),
                                "result",
                                run.result()))
                        .orElse(Map.of("hours", -1L, "result", "no run is in its list of tasks"))))
                .orElseGet(() -> new Look.Unseen("no list of tasks: " + Said.line(exited.out())));
    }
}
