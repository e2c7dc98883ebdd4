package io.ridethrough.camel;

import io.ridethrough.contract.Policy;
import io.ridethrough.contract.Site;
import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * When windows and backups fall due, in a zone whose clocks go forward and back. Windows as Quartz fires them: a time
 * that a day does not have is not made up for, one that it has twice counts once, the second time. Backups as whoever
 * runs them may: a time twice is both, a time that does not exist is any from the change on to its shifted place. Pure.
 */
final class WindowTimes {
    /** More of one window's planned times than this are not counted. */
    static final int MOST = 1_000;

    /**
     * A planned time.
     *
     * @param at the moment; for a time that does not exist the moment of the change
     * @param missing the time as written, where that day does not have it
     */
    record Due(Instant at, Optional<LocalDateTime> missing) {}

    /** A span of time, its end excluded. */
    record Span(Instant from, Instant to) {
        boolean overlaps(Span other) {
            return from.isBefore(other.to()) && other.from().isBefore(to);
        }
    }

    private WindowTimes() {}

    /** The planned times of a window after {@code from} up to {@code to}, in order, the first {@link #MOST} of them. */
    static List<Due> due(Policy.Window window, Instant from, Instant to) {
        CronExpression written = written(window.cron());
        List<Due> due = new ArrayList<>();
        LocalDateTime local = LocalDateTime.ofInstant(from, window.zone()).minusDays(1);
        while (due.size() < MOST) {
            Date next = written.getNextValidTimeAfter(Date.from(local.toInstant(ZoneOffset.UTC)));
            if (next == null) {
                break;
            }
            local = LocalDateTime.ofInstant(next.toInstant(), ZoneOffset.UTC);
            Due one = at(local, window.zone());
            if (one.at().isAfter(to)) {
                break;
            }
            if (one.at().isAfter(from)) {
                due.add(one);
            }
        }
        return List.copyOf(due);
    }

    /** The spans in which a backup may run between those days. */
    static List<Span> spans(Site.BackupWindow backup, ZoneId zone, LocalDate first, LocalDate last) {
        List<Span> spans = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            if (!backup.days().contains(day.getDayOfWeek())) {
                continue;
            }
            LocalDateTime local = day.atTime(backup.at());
            for (ZoneOffset offset : zone.getRules().getValidOffsets(local)) {
                Instant from = local.toInstant(offset);
                spans.add(new Span(from, from.plus(backup.lasts())));
            }
            ZoneOffsetTransition change = zone.getRules().getTransition(local);
            if (change != null && change.isGap()) {
                Instant shifted = local.toInstant(change.getOffsetBefore());
                spans.add(new Span(change.getInstant(), shifted.plus(backup.lasts())));
            }
        }
        return List.copyOf(spans);
    }

    private static Due at(LocalDateTime local, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        return offsets.isEmpty()
                ? new Due(zone.getRules().getTransition(local).getInstant(), Optional.of(local))
                : new Due(local.toInstant(offsets.get(offsets.size() - 1)), Optional.empty());
    }

    /** The expression over times as written: without a zone no time is missing or there twice. */
    private static CronExpression written(String cron) {
        try {
            CronExpression written = new CronExpression(cron);
            written.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
            return written;
        } catch (ParseException e) {
            throw new IllegalArgumentException("no cron expression: " + cron, e);
        }
    }
}
