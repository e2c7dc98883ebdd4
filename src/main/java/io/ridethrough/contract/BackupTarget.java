package io.ridethrough.contract;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * One thing that is backed up.
 *
 * @param of the guests that it is made of
 * @param on who is asked for it
 * @param every how often it is made
 * @param limit how old the newest may be
 * @param keeps what is kept of it, as its schedule has it; empty where that is not declared
 * @param zone the clock on the wall where {@code on} stands
 */
public record BackupTarget(
        String id,
        Kind kind,
        List<AssetId> of,
        AssetId on,
        Source source,
        Duration every,
        Duration limit,
        String keeps,
        ZoneId zone) {
    /** How much later than its interval a backup may come, unless it declares its own limit. */
    public static final Duration GRACE = Duration.ofHours(2);

    public BackupTarget {
        of = List.copyOf(of);
    }

    /** What it is a backup of. */
    public enum Kind {
        /** Whole guests. */
        GUESTS,
        /** What an application writes of its own data. */
        APPLICATION,
        /** A copy that stands at another site. */
        COPY
    }

    /** By what it is seen. */
    public sealed interface Source {}

    /**
     * Files, of which the newest counts.
     *
     * @param pattern absolute, with {@code *} for what changes and {@code {vmid}} for the number of a guest
     */
    public record Files(String pattern) implements Source {
        /** Whether each guest has files of its own. */
        public boolean isPerGuest() {
            return pattern.contains("{vmid}");
        }

        /** The pattern for the guest of that number. */
        public String of(int vmid) {
            return pattern.replace("{vmid}", Integer.toString(vmid));
        }
    }

    /** A task of the NAS itself, by its name. */
    public record DsmTask(String name) implements Source {}
}
