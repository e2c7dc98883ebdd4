package io.ridethrough.draft.bindings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.draft.bindings.Finding.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When backups run, and whether what speaks of backups agrees. */
final class Backups {
    private final SiteImport site;

    Backups(SiteImport site) {
        this.site = site;
    }

    /** An event whose words name a machine of the site keeps maintenance out of its time. */
    void read() {
        for (Spot event : site.bindings.list("backup.calendar.yaml", "events")) {
            String words = (event.text("summary").orElse("") + " "
                            + event.text("description").orElse(""))
                    .toLowerCase(Locale.ROOT);
            boolean ours =
                    site.all().stream().flatMap(one -> one.names().stream()).anyMatch(name -> names(words, name));
            boolean daily = event.text("freq")
                    .filter(List.of("DAILY", "WEEKLY")::contains)
                    .isPresent();
            if (ours && daily) {
                window(event);
            } else if (ours) {
                site.findings.add(
                        Kind.ASSUMED,
                        "the event " + event.text("id").orElse("") + " is neither daily nor weekly",
                        "no window keeps it free",
                        event.get("freq"));
            }
        }
    }

    private static boolean names(String words, String name) {
        return (" " + words.replaceAll("[^a-z0-9-]", " ") + " ").contains(" " + name.toLowerCase(Locale.ROOT) + " ");
    }

    private void window(Spot event) {
        ObjectNode window = site.draft
                .add("backup", "windows")
                .put("id", Bindings.id(event.text("id").orElse("")))
                .put("title", event.text("summary").orElse(""))
                .put(
                        "at",
                        "%02d:%02d"
                                .formatted(
                                        event.get("byhour").node().asInt(),
                                        event.get("byminute").node().asInt()))
                .put("lasts", event.get("duration_minutes").node().asInt(60) + "m");
        if (event.text("freq").filter("WEEKLY"::equals).isPresent()) {
            Assume.that(window, "weekly, and no day is said: kept free every day");
            site.findings.add(
                    Kind.ASSUMED,
                    "the day of the weekly event " + event.text("id").orElse(""),
                    "every day",
                    event.get("freq"));
        }
    }

    /** Backup targets, guests and jobs that name one another. */
    static void check(Bindings bindings, Findings findings) {
        List<Spot> targets = bindings.list("backup.inventory.yaml", "targets");
        List<String> names =
                targets.stream().flatMap(target -> target.text("name").stream()).toList();
        List<Spot> guests = bindings.list("vm.lifecycle.yaml", "vms");
        for (Spot guest : guests) {
            Spot named = guest.get("backup_target");
            if (named.text().filter(name -> !names.contains(name)).isPresent()) {
                findings.add(Kind.DANGLING, "a guest names a backup target that is not declared", "nothing", named);
            }
        }
        for (Spot job : bindings.list("backup.schedule.yaml", "jobs")) {
            Spot named = job.get("inventory_target");
            if (named.text().filter(name -> !names.contains(name)).isPresent()) {
                findings.add(Kind.DANGLING, "a job names a backup target that is not declared", "nothing", named);
            }
        }
        for (Spot target : targets) {
            Optional<Spot> gone = guests.stream()
                    .filter(guest -> !bindings.active(guest))
                    .filter(guest -> guest.text("backup_target").equals(target.text("name")))
                    .findFirst();
            if (gone.isPresent() && bindings.active(target)) {
                findings.add(
                        Kind.STALE,
                        "a backup target of a guest that is not active",
                        "nothing",
                        target.get("name"),
                        gone.get().get("status"));
            } else if (!bindings.active(target)) {
                findings.add(Kind.STALE, "the backup target is switched off", "nothing", target.get("name"));
            }
        }
    }
}
