package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.BackupTarget;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Site;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is seen of backups on hosts: the files they left, what a node schedules, and how its last run ended (protocols
 * 1.3; vzdump's names of files; GNU find). A well backup is half its interval old.
 */
final class BackupCommands implements LabShell.Family {
    private static final Duration LATE = Duration.ofHours(3);

    private final LabModel model;

    BackupCommands(LabModel model) {
        this.model = model;
    }

    /** A target with one of the guests that it is made of. */
    private record Made(BackupTarget target, Guest guest) {
        boolean isAt(Machine machine, String pattern) {
            return target.on().equals(machine.id())
                    && target.source() instanceof BackupTarget.Files files
                    && files.of(guest.vmid()).equals(pattern);
        }
    }

    @Override
    public Optional<CompletableFuture<Reply>> answer(Call call) {
        Optional<Reply> reply = call.name().equals("find")
                ? Optional.of(found(call))
                : model.host(call.on().id()).filter(host -> !host.isNas()).flatMap(host -> ofNode(call, host));
        reply.ifPresent(told -> model.events.note(call.on().id(), call.name(), call.word(1), "-", "call"));
        return reply.map(Reply::now);
    }

    private Optional<Reply> ofNode(Call call, LabHost node) {
        if (call.name().equals("pvesh") && call.has("--typefilter")) {
            return Optional.of(call.root() ? Reply.ok(run(node)) : Reply.failed(255, "please run as root"));
        }
        return call.name().equals("cat") && call.has("/etc/pve/jobs.cfg")
                ? Optional.of(schedule(node))
                : Optional.empty();
    }

    private Reply found(Call call) {
        String pattern = call.option("-path").orElse("");
        List<Made> made = made().filter(one -> one.isAt(call.on(), pattern)).toList();
        if (made.isEmpty()) {
            return Reply.failed(1, "find: '" + call.word(1) + "': No such file or directory");
        }
        return Reply.ok(made.stream()
                .map(one -> model.clock.now().minus(age(one)).getEpochSecond() + ".0000000000 "
                        + pattern.replace("*", "2026_11_28"))
                .collect(Collectors.joining("\n")));
    }

    private Duration age(Made one) {
        Condition missed =
                switch (one.target().kind()) {
                    case GUESTS -> Condition.BACKUP_MISSED;
                    case APPLICATION -> Condition.APPLICATION_BACKUP_MISSED;
                    case COPY -> Condition.COPY_MISSED;
                };
        return model.conditions(one.guest().id()).contains(missed)
                ? one.target().limit().plus(LATE)
                : one.target().every().dividedBy(2);
    }

    private Stream<Made> made() {
        return model.contracts().sites().values().stream().flatMap(BackupCommands::made);
    }

    private static Stream<Made> made(Site site) {
        return site.upkeep().backups().stream().flatMap(target -> site.guests().stream()
                .filter(guest -> target.of().contains(guest.id()))
                .map(guest -> new Made(target, guest)));
    }

    /** The targets that the node itself makes. */
    private List<BackupTarget> own(AssetId node) {
        return made().filter(one -> one.target().kind() == BackupTarget.Kind.GUESTS)
                .filter(one -> one.guest().runsOn().equals(node))
                .map(Made::target)
                .distinct()
                .toList();
    }

    private String run(LabHost node) {
        boolean failed = model.conditions(node.id()).contains(Condition.BACKUP_RUN_FAILED);
        long ended = model.clock.now().minus(Duration.ofHours(5)).getEpochSecond();
        return "[{\"upid\":\"UPID:" + node.nodeName() + ":00003A00:01233A00:"
                + String.format(Locale.ROOT, "%08X", ended)
                + ":vzdump::root@pam:\",\"type\":\"vzdump\",\"id\":\"\",\"starttime\":" + ended + ",\"endtime\":"
                + ended + ",\"status\":\"" + (failed ? "job errors" : "OK") + "\"}]";
    }

    private Reply schedule(LabHost node) {
        var amiss = model.conditions(node.id());
        if (amiss.contains(Condition.NO_BACKUP_JOB)) {
            return Reply.failed(1, "cat: /etc/pve/jobs.cfg: No such file or directory");
        }
        List<String> keeps = own(node.id()).stream()
                .map(BackupTarget::keeps)
                .map(keep -> keep.isEmpty() ? "keep-last=3" : keep)
                .distinct()
                .toList();
        StringBuilder jobs = new StringBuilder();
        for (String keep : keeps.isEmpty() ? List.of("keep-last=3") : keeps) {
            jobs.append("vzdump: backup-" + keeps.indexOf(keep) + "\n\tschedule 03:00\n\tmode snapshot\n")
                    .append(amiss.contains(Condition.JOBS_INVALID) ? "\tstarttime 03:00\n" : "")
                    .append(amiss.contains(Condition.NO_RETENTION) ? "" : "\tprune-backups " + keep + "\n");
        }
        return Reply.ok(jobs.toString());
    }
}
