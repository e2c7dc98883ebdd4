package io.ridethrough.target.nas;

import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a look at a NAS showed, whichever way it was asked. */
public sealed interface NasTold extends Told.Seen {
    /** A setting as it is told; what is not told is neither on nor off. */
    enum Setting {
        ON,
        OFF,
        UNTOLD
    }

    /** Which unit it is, and that it is up. */
    record Info(String model, String version, Optional<Duration> up) implements NasTold {}

    /** It has no command that tells what it serves. */
    record ServesUntold(String words) implements NasTold {}

    /** Every part in the order told. */
    record Storage(List<Part> parts) implements NasTold {
        public Storage {
            parts = List.copyOf(parts);
        }

        /** Parts that are not as they should be, each in words. */
        public List<String> troubles() {
            return parts.stream()
                    .filter(part -> !part.isWell())
                    .map(Part::toString)
                    .toList();
        }

        /**
         * Volumes that cannot be relied on to serve: they crashed, or do not say how they are. A degraded one serves, and
         * keeping a site dark for it helps nobody.
         */
        public List<String> dead() {
            return parts.stream()
                    .filter(part -> part.kind() == Kind.VOLUME && !part.serves())
                    .map(Part::toString)
                    .toList();
        }
    }

    /** What a part is. */
    enum Kind {
        VOLUME,
        POOL,
        DISK
    }

    /**
     * A volume, a pool or a disk.
     *
     * @param status the unit's own word; empty when it tells none
     */
    record Part(Kind kind, String id, String status) {
        private static final List<String> WELL = List.of("normal", "not_use", "sys_partition_normal");
        private static final List<String> SERVES = List.of("normal", "degrade", "attention", "background_operation");

        public boolean isWell() {
            return WELL.contains(status);
        }

        boolean serves() {
            return SERVES.contains(status);
        }

        @Override
        public String toString() {
            return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + id + " is "
                    + (status.isEmpty() ? "without a status" : status);
        }
    }

    /** Every task in the order told. */
    record Backups(List<BackupTask> tasks) implements NasTold {
        public Backups {
            tasks = List.copyOf(tasks);
        }

        /** Tasks that run now. */
        public List<BackupTask> running() {
            return tasks.stream().filter(task -> BackupTask.works(task.state())).toList();
        }
    }

    /**
     * A backup task.
     *
     * @param state the unit's own word for what it is at
     * @param last when it last ended, by the clock of the unit; empty when it never did, or does not say so
     * @param result of the last time, in the unit's own word: {@code done} is well
     */
    record BackupTask(int id, String name, String state, Optional<LocalDateTime> last, String result) {
        /**
         * Words for a task that a power-off would break. {@code backup} is in protocols 2.2; the others are what clients
         * of that API have met, in whichever field.
         */
        private static final Set<String> WORKS = Set.of(
                "backup",
                "backingup",
                "backuping",
                "detect",
                "preparing",
                "preparing_version_delete",
                "processing",
                "restore",
                "restoring",
                "resuming",
                "running",
                "version_deleting");

        /** Whether that word, of any field of it, says that it works at this moment. */
        public static boolean works(String word) {
            return WORKS.contains(word);
        }

        /** How long ago it ended well, at {@code now} by the clock of the unit; empty when it did not. */
        public Optional<Duration> age(LocalDateTime now) {
            boolean well = result.equals("done") || result.equals("success");
            return well ? last.map(then -> Duration.between(then, now)) : Optional.empty();
        }
    }

    /** UPS support: as server or client of NUT, in which mode, and how long it waits on battery. */
    record Ups(Setting enabled, String mode, Optional<Duration> delay) implements NasTold {}

    /** What it does when the mains return, and on which of its ports it listens to Wake-on-LAN. */
    record PowerSettings(Setting startsAfterOutage, Map<String, Setting> wakeOnLan) implements NasTold {
        public PowerSettings {
            wakeOnLan = new TreeMap<>(wakeOnLan);
        }
    }

    /** Paths that its file server serves. */
    record Exports(List<String> paths) implements NasTold {
        public Exports {
            paths = List.copyOf(paths);
        }
    }
}
