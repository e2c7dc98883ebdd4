package io.ridethrough.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the machine gives us: Java, time, a port, the routes, the proof of a boot. */
final class MachineCheck {
    private static final int OLDEST_JAVA = 17;
    /** No installation of this product is older. */
    private static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");

    private MachineCheck() {}

    /** Looks at it as it is at {@code now}. */
    static List<Symptom> of(Settings settings, Instant now) {
        List<Symptom> symptoms = new ArrayList<>();
        int java = Runtime.version().feature();
        symptoms.add(
                java >= OLDEST_JAVA
                        ? Symptom.well("Java " + Runtime.version())
                        : Symptom.wrong("Java " + java, "install a JDK " + OLDEST_JAVA + " or newer"));
        symptoms.add(clock(now, newest(settings.path("ridethrough.home"))));
        symptoms.add(
                zone(System.getProperty("user.timezone", ZoneId.systemDefault().getId())));
        symptoms.add(port(settings));
        Path routes = settings.path("ridethrough.routes");
        symptoms.add(
                Files.isReadable(routes.resolve("run"))
                        ? Symptom.well("routes in " + routes)
                        : Symptom.wrong(
                                "no routes are in " + routes, "set ridethrough.routes to the folder that came along"));
        Path boot = settings.path("ridethrough.boot-id");
        symptoms.add(
                Files.isReadable(boot)
                        ? Symptom.well("the boot of this machine is told by " + boot)
                        : Symptom.weak(
                                boot + " cannot be read: a run that takes this machine down cannot be proven",
                                "set ridethrough.boot-id to a file that changes with each boot"));
        return symptoms;
    }

    /** A clock that stands before what was already written, or before this product, was reset. */
    static Symptom clock(Instant now, Instant newest) {
        if (now.isBefore(EARLIEST)) {
            return Symptom.wrong("the clock says " + now, "set it, and let it be kept by NTP");
        }
        return now.plusSeconds(120).isBefore(newest)
                ? Symptom.wrong(
                        "the clock says " + now + ", but the state folder was written at " + newest,
                        "set it, and let it be kept by NTP: windows and holds go by it")
                : Symptom.well("clock " + now);
    }

    static Symptom zone(String zone) {
        try {
            return Symptom.well("time zone " + ZoneId.of(zone.isEmpty() ? "UTC" : zone));
        } catch (DateTimeException e) {
            return Symptom.wrong("the time zone \"" + zone + "\" is not known", "set TZ to one such as Etc/UTC");
        }
    }

    private static Instant newest(Path home) {
        try (Stream<Path> files = Files.list(home)) {
            Instant newest = Instant.EPOCH;
            for (Path file : files.toList()) {
                Instant written = Files.getLastModifiedTime(file).toInstant();
                newest = written.isAfter(newest) ? written : newest;
            }
            return newest;
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    private static Symptom port(Settings settings) {
        String where = settings.text("ridethrough.http.host") + ":" + settings.text("ridethrough.http.port");
        try {
            settings.refuseTakenPort();
            return Symptom.well("port " + where + " is free");
        } catch (UserError e) {
            return Symptom.weak(
                    "port " + where + " cannot be listened on",
                    "well if the service runs already (see status); else free it, or set ridethrough.http.port");
        }
    }
}
