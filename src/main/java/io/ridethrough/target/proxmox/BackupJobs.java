package io.ridethrough.target.proxmox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What {@code /etc/pve/jobs.cfg} schedules. One field that the scheduler does not know, or a time it cannot read, and no
 * backup of the file runs (pve-manager, PVE::Jobs; pve-guest-common, PVE::VZDump::Common).
 *
 * @param ids of its vzdump jobs that are enabled
 * @param invalid what the scheduler cannot use, each in words with its line
 */
public record BackupJobs(List<String> ids, List<String> invalid) {
    private static final Pattern HEAD = Pattern.compile("([a-z][a-z-]*):\\s+(\\S+)\\s*");
    private static final Set<String> TYPES = Set.of("vzdump", "realm-sync");
    private static final Set<String> FIELDS = Set.of(
            "all",
            "bwlimit",
            "comment",
            "compress",
            "dumpdir",
            "enabled",
            "exclude",
            "exclude-path",
            "fleecing",
            "id",
            "ionice",
            "job-id",
            "lockwait",
            "mailnotification",
            "mailto",
            "maxfiles",
            "mode",
            "next-run",
            "node",
            "notes-template",
            "notification-mode",
            "notification-policy",
            "notification-target",
            "pbs-change-detection-mode",
            "performance",
            "pigz",
            "pool",
            "protected",
            "prune-backups",
            "quiet",
            "remove",
            "repeat-missed",
            "schedule",
            "script",
            "stop",
            "stdexcludes",
            "stopwait",
            "storage",
            "tmpdir",
            "vmid",
            "zstd");
    private static final Set<String> MODES = Set.of("snapshot", "suspend", "stop");
    private static final String DAY = "(mon|tue|wed|thu|fri|sat|sun)[a-z]*";
    private static final String PART = "[0-9*/,.]+";
    /** A calendar event: days, a date, a time, each of which may be away (pve-common, PVE::CalendarEvent). */
    private static final Pattern EVENT = Pattern.compile("(" + DAY + "((,|\\.\\.)" + DAY + ")*)?\\s*("
            + "([0-9*/,.]+-)?[0-9*/,.]+-" + PART + ")?\\s*(" + PART + "(:" + PART + "){0,2})?"
            + "|minutely|hourly|daily|weekly|monthly|quarterly|semiannually|semi-annually|annually|yearly");

    public BackupJobs {
        ids = List.copyOf(ids);
        invalid = List.copyOf(invalid);
    }

    public static BackupJobs read(String file) {
        List<String> ids = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        Job job = new Job("", "");
        int number = 0;
        for (String line : file.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0))) {
                job.field(line.strip(), number, invalid);
                continue;
            }
            job.end(ids, invalid);
            var head = HEAD.matcher(line);
            boolean known = head.matches() && TYPES.contains(head.group(1));
            if (!known) {
                invalid.add("line " + number + ": \"" + line.strip() + "\" begins no job");
            }
            job = known ? new Job(head.group(1), head.group(2)) : new Job("", "");
        }
        job.end(ids, invalid);
        return new BackupJobs(ids, invalid);
    }

    /** A section of the file while it is read. Only those of vzdump are looked into. */
    private static final class Job {
        private final String type;
        private final String id;
        private final Set<String> fields = new TreeSet<>();
        private boolean enabled = true;

        Job(String type, String id) {
            this.type = type;
            this.id = id;
        }

        void field(String line, int number, List<String> invalid) {
            if (!type.equals("vzdump")) {
                return;
            }
            String[] words = line.split("\\s+", 2);
            String value = words.length > 1 ? words[1].strip() : "";
            String why = trouble(words[0], value);
            if (!fields.add(words[0])) {
                why = words[0] + " is there twice";
            }
            if (!why.isEmpty()) {
                invalid.add("line " + number + ": " + id + ": " + why);
            }
            enabled &= !(words[0].equals("enabled") && value.equals("0"));
        }

        private static String trouble(String field, String value) {
            if (!FIELDS.contains(field)) {
                return "there is no field " + field;
            }
            return switch (field) {
                case "schedule" ->
                    value.isEmpty()
                                    || !EVENT.matcher(value.toLowerCase(Locale.ROOT))
                                            .matches()
                            ? "\"" + value + "\" is no schedule"
                            : "";
                case "mode" -> MODES.contains(value) ? "" : "there is no mode " + value;
                case "enabled", "all", "remove", "repeat-missed" ->
                    value.equals("0") || value.equals("1") ? "" : field + " is 0 or 1";
                default -> value.isEmpty() ? field + " has no value" : "";
            };
        }

        void end(List<String> ids, List<String> invalid) {
            if (!type.equals("vzdump")) {
                return;
            }
            if (!fields.contains("schedule")) {
                invalid.add(id + ": nothing says when it runs");
            }
            if (enabled) {
                ids.add(id);
            }
        }
    }
}
