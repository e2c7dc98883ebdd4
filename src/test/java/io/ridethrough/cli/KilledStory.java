package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.WiringFile;
import io.ridethrough.lab.net.FreePort;
import io.ridethrough.realparts.Until;
import io.ridethrough.receipt.ReceiptChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A whole shutdown and startup by one real process after another, each really killed, over real SSH to hosts that live
 * on in this process. Judged from the hosts' own log: every destructive command once, nothing forced, all in order,
 * everything up in the end, both receipts complete.
 */
final class KilledStory implements AutoCloseable {
    private static final int KILLED = 128 + 9;
    private static final long PATIENCE_SECONDS = 180;

    private final List<String> java;
    private final Path folder;
    private final Path declared;
    private final double speed;
    private final Contracts contracts;
    private final LabWorld world;
    private final Path home;
    private final Path wiring;
    private int lives;

    /** @param java how a process is started: all that comes before the name of its class */
    KilledStory(List<String> java, Path folder, Path contracts, double speed) throws IOException {
        this.java = java;
        this.folder = folder;
        this.declared = contracts;
        this.speed = speed;
        this.contracts = new ContractFolder(contracts).contracts();
        this.home = folder.resolve("home");
        this.world = LabWorld.start(this.contracts, new LabOptions(speed, folder.resolve("world")));
        this.wiring = WiringFile.write(world.wiring(), folder.resolve("wiring.json"));
    }

    /** The hosts, which outlive every life. */
    LabWorld world() {
        return world;
    }

    /** One life after another, each with a death of its own, and one more that ends well; those that were met. */
    List<Boundary> dyingInTurn(List<Boundary> deaths) throws Exception {
        List<Boundary> met = new ArrayList<>();
        for (Boundary death : deaths) {
            List<Boundary> one = live(List.of(death));
            if (one.isEmpty()) {
                return met;
            }
            met.addAll(one);
        }
        endsWell();
        return met;
    }

    /** One life, which dies there. */
    void diesAt(Boundary death) throws Exception {
        assertThat(live(List.of(death))).containsExactly(death);
    }

    /** One life that ends well. */
    void endsWell() throws Exception {
        assertThat(live(List.of())).isEmpty();
    }

    /** What a life said, the first being 0. */
    String said(int life) {
        return read(folder.resolve("life-" + life + ".log"));
    }

    /** The receipts so far, oldest first. */
    List<JsonNode> receipts() {
        return asked(Journal::receipts);
    }

    /** Every life dies at whichever of them comes first, once each; the last ends well. Those met are added. */
    void dyingAtAny(List<Boundary> deaths, List<Boundary> met) throws Exception {
        List<Boundary> left = new ArrayList<>(deaths);
        List<Boundary> one = live(left);
        while (!one.isEmpty()) {
            met.addAll(one);
            left.removeAll(one);
            one = live(left);
        }
    }

    /**
     * One life that is stopped at each of these, with SIGSTOP, and continued when {@code meanwhile} has returned; it ends
     * well. The hosts go on all the time.
     */
    void stoppedAt(List<Boundary> stops, Meanwhile meanwhile) throws Exception {
        Path log = folder.resolve("life-" + lives++ + ".log");
        Process process = start(log, KillAt.Signal.STOP, stops);
        try {
            for (int stop = 1; stop <= stops.size(); stop++) {
                long struck = stop;
                Until.holds(
                        () -> !process.isAlive() || (struckIn(log).count() >= struck && isStopped(process)),
                        Duration.ofSeconds(PATIENCE_SECONDS),
                        () -> read(log));
                assertThat(process.isAlive()).as(() -> read(log)).isTrue();
                meanwhile.stopped(process, stop);
                assertThat(new ProcessBuilder("kill", "-CONT", Long.toString(process.pid()))
                                .start()
                                .waitFor())
                        .isZero();
            }
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as(() -> read(log))
                    .isTrue();
            assertThat(process.exitValue()).as(() -> read(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What happens while a process stands still. */
    @FunctionalInterface
    interface Meanwhile {
        /**
         * Acts on the process that stands still.
         *
         * @param stop the how-manieth stop of its life, from 1
         */
        void stopped(Process process, int stop) throws Exception;
    }

    private static boolean isStopped(Process process) {
        String stat = read(Path.of("/proc", Long.toString(process.pid()), "stat"));
        return stat.startsWith("T", stat.lastIndexOf(')') + 2);
    }

    private static Stream<Boundary> struckIn(Path log) {
        return read(log)
                .lines()
                .filter(each -> each.startsWith(KillAt.STRUCK))
                .map(each -> Boundary.parse(each.substring(KillAt.STRUCK.length())));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(Path log, KillAt.Signal signal, List<Boundary> struck) throws IOException {
        return ChildJvm.start(
                log,
                java,
                OneLife.class,
                wiring,
                home,
                declared,
                FreePort.onLoopback(),
                speed,
                signal,
                String.join(",", struck.stream().map(Boundary::toString).toList()));
    }

    /** Lives until it dies at one of these, which is the answer, or ends well. */
    private List<Boundary> live(List<Boundary> deaths) throws Exception {
        Path log = folder.resolve("life-" + lives++ + ".log");
        Process process = start(log, KillAt.Signal.KILL, deaths);
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("life ends: %s: %s", deaths, Files.readString(log))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(log);
        assertThat(process.exitValue()).as("%s: %s", deaths, said).isIn(0, KILLED);
        return process.exitValue() == 0
                ? List.of()
                : List.of(
                        struckIn(log).findFirst().orElseThrow(() -> new AssertionError("killed by another: " + said)));
    }

    /** Every write of the journal so far, in order, on both sides. */
    List<Boundary> boundaries() {
        return asked(journal -> {
            List<String> names = new ArrayList<>();
            RecordNames named = new RecordNames(List.of());
            for (Entry entry : journal.ofKinds(kinds())) {
                names.add(named.full(entry).replaceFirst("^receipt-stored", "receipt"));
            }
            List<Boundary> all = new ArrayList<>();
            for (int at = 0; at < names.size(); at++) {
                String name = names.get(at);
                int nth = (int)
                        names.subList(0, at + 1).stream().filter(name::equals).count();
                all.add(new Boundary(name, nth, false));
                all.add(new Boundary(name, nth, true));
            }
            return all;
        });
    }

    /** When each write of the journal was made, by the clock of its process, in order. */
    List<Instant> recordedAt() {
        return asked(journal -> journal.ofKinds(kinds()).stream().map(Entry::at).toList());
    }

    private String[] kinds() {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("journal.db"));
                ResultSet rows = db.createStatement().executeQuery("SELECT DISTINCT kind FROM entry")) {
            List<String> kinds = new ArrayList<>();
            while (rows.next()) {
                kinds.add(rows.getString(1));
            }
            return kinds.toArray(String[]::new);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The end, in words that are the same however often it died: commands that took something down, steps, results. */
    String end() {
        List<JsonNode> receipts = receiptsOfRuns();
        TreeSet<String> steps = new TreeSet<>();
        receipts.forEach(receipt -> receipt.path("steps")
                .forEach(step -> steps.add(step.path("step").asText() + " in "
                        + receipt.path("phases").path(0).asText())));
        return world.takenDown() + "\n" + steps + "\n" + receipts.size();
    }

    void judge() {
        assertThat(world.violations()).isEmpty();
        assertThat(world.takenDown())
                .isNotEmpty()
                .allSatisfy((command, times) -> assertThat(times).as(command).isEqualTo(1));
        assertThat(world.events()).noneMatch(event -> event.verb().equals("stop"));
        contracts.assets().values().stream().filter(Guest.class::isInstance).forEach(guest -> assertThat(
                        world.isRunning(guest.id()))
                .as(guest.id().toString())
                .isTrue());
        HostOrder.of(contracts).holds(world.events());
        assertThat(receiptsOfRuns()).hasSize(2).allSatisfy(receipt -> {
            assertThat(receipt.path("result").asText())
                    .as(receipt.toPrettyString())
                    .isEqualTo("complete");
            assertThat(StreamSupport.stream(receipt.path("steps").spliterator(), false)
                            .map(step -> step.path("step").asText()))
                    .doesNotHaveDuplicates();
        });
        assertThat(ReceiptChain.verify(receipts())).isEmpty();
    }

    /** A clock that is set may pass the hour at which the standard is evaluated, which leaves a receipt too. */
    private List<JsonNode> receiptsOfRuns() {
        return receipts().stream()
                .filter(receipt -> receipt.path("kind").asText().equals("run"))
                .toList();
    }

    private <T> T asked(Function<Journal, T> question) {
        try (Journal journal = SqliteJournal.open(home, InstantSource.system())) {
            return question.apply(journal);
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
