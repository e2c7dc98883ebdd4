package io.ridethrough.camel.look;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.BackupTarget;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Site;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.Said;
import io.ridethrough.target.files.NewestFile;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nas.NasTold;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.way.Way;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * How old declared backups are: files by the time of their last change, tasks of a NAS by its own word. Each target is
 * judged by its own limit.
 */
final class BackupLooks implements Looks {
    private final Shell shell;
    private final Way<NasAsk> nases;
    private final InstantSource clock;

    BackupLooks(Shell shell, Way<NasAsk> nases, InstantSource clock) {
        this.shell = shell;
        this.nases = nases;
        this.clock = clock;
    }

    /** What is true of one target, or of one guest in it. */
    private sealed interface Age {
        record Known(String what, Duration age, Duration limit) implements Age {}

        record None(String what) implements Age {}

        record Unknown(String what) implements Age {}
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        return switch (probe.ask()) {
            case APPLICATION_BACKUPS -> look(BackupTarget.Kind.APPLICATION, subject, probe.limit());
            case OFFSITE_BACKUPS -> look(BackupTarget.Kind.COPY, subject, probe.limit());
            default -> look(BackupTarget.Kind.GUESTS, subject, probe.limit());
        };
    }

    /** Those of that kind of one guest, or of the whole site. */
    private CompletionStage<Look> look(BackupTarget.Kind kind, Subject subject, Duration limit) {
        Site site = subject.site();
        List<CompletionStage<Age>> ages = site.upkeep().backups().stream()
                .filter(target -> target.kind() == kind)
                .filter(target -> subject.asset().isEmpty() || target.of().contains(subject.id()))
                .flatMap(target -> ages(target, site, subject, limit.dividedBy(2)))
                .toList();
        return Seeing.all(ages).thenApply(BackupLooks::told);
    }

    private Stream<CompletionStage<Age>> ages(BackupTarget target, Site site, Subject subject, Duration limit) {
        if (target.source() instanceof BackupTarget.DsmTask task) {
            return Stream.of(task(target, task));
        }
        BackupTarget.Files files = (BackupTarget.Files) target.source();
        if (!files.isPerGuest()) {
            return Stream.of(newest(target, target.id(), files.pattern(), limit));
        }
        return site.guests().stream()
                .filter(guest -> target.of().contains(guest.id()))
                .filter(guest -> subject.asset().isEmpty() || guest.id().equals(subject.id()))
                .map(guest -> newest(target, called(target, guest), files.of(guest.vmid()), limit));
    }

    private static String called(BackupTarget target, Guest guest) {
        return target.id() + " of " + guest.id().name();
    }

    private CompletionStage<Age> newest(BackupTarget target, String called, String pattern, Duration limit) {
        AssetId on = target.on();
        return shell.run(on, new NewestFile(pattern).command(limit)).thenApply(result -> {
            if (!(result instanceof CommandResult.Exited exited) || exited.code() != 0) {
                return new Age.Unknown(called + ": " + Said.by(result));
            }
            return NewestFile.read(exited.out())
                    .<Age>map(file -> new Age.Known(called, age(file.changed()), target.limit()))
                    .orElseGet(() -> new Age.None(called + ": none on " + on + ", " + pattern));
        });
    }

    private Duration age(Instant then) {
        return Duration.between(then, clock.instant());
    }

    private CompletionStage<Age> task(BackupTarget target, BackupTarget.DsmTask task) {
        return nases.ask(target.on(), new NasAsk.Backups()).thenApply(told -> {
            if (!(told instanceof NasTold.Backups backups)) {
                return new Age.Unknown(target.id() + ": " + told.words());
            }
            Optional<NasTold.BackupTask> found = backups.tasks().stream()
                    .filter(one -> one.name().equals(task.name()))
                    .findFirst();
            if (found.isEmpty()) {
                return new Age.None(target.id() + ": " + target.on() + " has no task " + task.name());
            }
            LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), target.zone());
            return found.get()
                    .age(now)
                    .<Age>map(age -> new Age.Known(target.id(), age, target.limit()))
                    .orElseGet(() -> new Age.None(target.id() + ": it did not end well: "
                            + found.get().result()));
        });
    }

    /** One that is stale is evidence whatever of the others could not be seen. */
    private static Look told(List<Age> ages) {
        List<String> fresh = new ArrayList<>();
        List<String> stale = new ArrayList<>();
        List<String> unseen = new ArrayList<>();
        for (Age age : ages) {
            if (age instanceof Age.Known known) {
                boolean late = known.age().compareTo(known.limit()) > 0;
                (late ? stale : fresh)
                        .add(known.what() + ": " + known.age().toHours() + " h old"
                                + (late ? ", at most " + known.limit().toHours() + " h" : ""));
            } else if (age instanceof Age.None none) {
                stale.add(none.what());
            } else {
                unseen.add(((Age.Unknown) age).what());
            }
        }
        return unseen.isEmpty() || !stale.isEmpty()
                ? new Look.Seen(Map.of("fresh", fresh, "stale", stale))
                : new Look.Unseen(String.join("; ", unseen));
    }
}
