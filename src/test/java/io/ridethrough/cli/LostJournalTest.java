package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Standing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The product in a process of its own whose state cannot be written, or is not what it was, while real hosts behind real
 * sshd's are on battery. File systems are really read-only or full, in a mount namespace of the process. R34.
 */
@Timeout(180)
class LostJournalTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SITE = "harbour";

    /** The state can be read and nothing in it written. */
    private static final String READ_ONLY = "mount --bind $H $H && mount -o remount,bind,ro $H";
    /** The state lies on a disk of eight megabytes of its own. */
    private static final String SMALL = "mount -t tmpfs -o size=8m tmpfs $T && cp -a $H/. $T && mount --bind $T $H";
    /** No program may be run from where temporary files go, as hardened machines have it. */
    private static final String NO_EXEC =
            "mount -t tmpfs -o noexec tmpfs $T && export JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=$T";

    @TempDir
    static Path folder;

    private static Harbour harbour;
    private static Path contracts;

    private Path home;
    private Path disk;
    private Path life;

    @BeforeAll
    static void build() throws IOException {
        harbour = new Harbour(folder.resolve("hosts"));
        contracts = Files.createDirectories(folder.resolve("contracts"));
        harbour.sites.harbour(contracts, "outage-hold: 2s, return-hold: 3s, single-witness-delay: 1s", "on-change");
    }

    @AfterAll
    static void end() {
        harbour.close();
    }

    /** Armed, on mains, and with a journal of more than one page. */
    @BeforeEach
    void anInstallation(@TempDir Path fresh) throws IOException {
        harbour.asNew();
        home = Files.createDirectories(fresh.resolve("home"));
        disk = Files.createDirectories(fresh.resolve("disk"));
        life = fresh;
        harbour.introduceTo(home);
        assertThat(Home.at(home).token()).isNotEmpty();
        try (SqliteJournal journal = SqliteJournal.open(home, InstantSource.system())) {
            for (int i = 0; i < 100; i++) {
                var unused = journal.append(
                        Optional.empty(),
                        "filler",
                        JsonNodeFactory.instance.objectNode().put("of", "the first page " + i));
            }
            new Standing(journal).ready(new SiteId(SITE), Standing.Readiness.ARMED, "test");
        }
        harbour.broker.retain("ups/harbour/battery.charge", "90");
        mains();
    }

    /** R34: not even a fresh journal opens. The shutdown runs, everything else is refused, and the record comes late. */
    @Test
    void takesAnArmedSiteDownThoughItsStateCannotBeWrittenAndBringsItBackOnceItCan() throws Exception {
        long listeners = harbour.broker.subscriptions();
        try (ServedProduct product = served(READ_ONLY)) {
            assertThat(product.log()).contains("The journal cannot be opened: only protection runs");
            assertThat(product.ridethrough("status").out())
                    .contains("observe-only")
                    .contains("armed");
            ServedProduct.Said refused = product.ridethrough(
                    "run",
                    SITE,
                    "--mode",
                    "startup",
                    "--execute",
                    "--confirm",
                    SITE,
                    "--no-watch",
                    "--reason",
                    "planned");
            assertThat(refused.code()).as(refused.out()).isNotZero();
            assertThat(refused.out()).contains("the journal could not be opened");
            Until.holds(() -> sites(product).contains("no outage"), SOON, () -> sites(product));
            Until.holds(() -> harbour.broker.subscriptions() > listeners, SOON, product::log);
            mains(); // said to a listener: what a broker had kept is no word of having seen an outage begin (R6)

            outage();
            JsonNode down = receipt(product, "shutdown");
            assertThat(down.path("result").asText()).as(down.toPrettyString()).isEqualTo("complete");
            assertThat(down.path("in-memory-only").asBoolean()).isTrue();
            wentDownOnce();
            assertThat(product.log()).contains("A receipt is in memory only");

            inItsNamespace(product, "mount", "-o", "remount,bind,rw", home.toString());
            mains();
            Until.holds(() -> product.log().contains("The service starts anew"), SOON, product::log);
            Until.holds(() -> answers(product), SOON, product::log);
            JsonNode up = receipt(product, "startup");
            assertThat(up.path("result").asText()).as(up.toPrettyString()).isEqualTo("complete");
            JsonNode written = receipt(product, "shutdown");
            assertThat(written.has("in-memory-only")).isFalse();
            assertThat(written.path("unjournalled").asText()).contains("cannot be opened");
            assertThat(harbour.host("pier").runs(104))
                    .as("what a person had stopped")
                    .isFalse();
            assertThat(harbour.host("pier").runs(103)).isTrue();
        }
    }

    /** R34: what is armed is known from the file beside the journal, since nothing can read the journal itself. */
    @Test
    void takesAnArmedSiteDownThoughSqliteItselfCannotBeLoaded() throws Exception {
        try (ServedProduct first = served("true")) {
            Until.holds(() -> sites(first).contains("no outage"), SOON, () -> sites(first));
        }

        try (ServedProduct product = served(NO_EXEC)) {
            assertThat(product.log())
                    .contains("SQLite's own library cannot be loaded from " + disk)
                    .contains("The journal cannot be opened: only protection runs");
            Until.holds(() -> sites(product).contains("no outage"), SOON, () -> sites(product));
            outage();
            JsonNode down = receipt(product, "shutdown");
            assertThat(down.path("result").asText()).as(down.toPrettyString()).isEqualTo("complete");
            wentDownOnce();
        }
    }

    /** R34: the disk fills while a guest goes down. */
    @Test
    void finishesAShutdownInMemoryWhenTheDiskFillsInMidRunAndWritesItsReceiptOnceThereIsRoom() throws Exception {
        try (ServedProduct product = served(SMALL)) {
            Until.holds(() -> sites(product).contains("no outage"), SOON, () -> sites(product));
            harbour.host("pier").gate(103);
            outage();
            Until.holds(() -> harbour.commands("pier").size() == 1, SOON, product::log);

            Path filler = Path.of("/proc/" + product.pid() + "/root" + disk + "/filler");
            fill(filler);
            harbour.host("pier").open(103);
            JsonNode down = receipt(product, "shutdown");
            assertThat(down.path("result").asText()).as(down.toPrettyString()).isEqualTo("complete");
            assertThat(down.path("unjournalled").asText()).contains("full");
            wentDownOnce();

            Files.delete(filler);
            Until.holds(() -> !receipt(product, "shutdown").has("in-memory-only"), SOON, product::log);
            mains();
            JsonNode up = receipt(product, "startup");
            assertThat(up.path("result").asText()).as(up.toPrettyString()).isEqualTo("complete");
        }
    }

    /** One byte of the journal is another while no process lives: it is set aside, and protection runs by what it sees. */
    @Test
    void goesOnProtectingByWhatItSeesAfterAByteOfItsJournalWasChangedWhileItWasDead() throws Exception {
        try (ServedProduct first = served("true")) {
            Until.holds(() -> sites(first).contains("no outage"), SOON, () -> sites(first));
            harbour.host("pier").gate(103);
            outage();
            Until.holds(() -> harbour.commands("pier").size() == 1, SOON, first::log);
            first.kill();
        }
        harbour.host("pier").open(103);
        Until.holds(
                () -> !harbour.host("pier").runs(103), SOON, () -> harbour.log().toString());
        changeAByte();

        try (ServedProduct next = served("true")) {
            assertThat(sites(next)).contains("the journal was damaged and is kept as");
            JsonNode down = receipt(next, "shutdown");
            assertThat(down.path("result").asText()).as(down.toPrettyString()).isEqualTo("complete");
            wentDownOnce();
            mains();
            Until.holds(() -> next.log().contains("BeginStartup"), SOON, next::log);
            assertThat(harbour.log("pier")).noneMatch(moment -> moment.what().equals("on"));
            assertThat(next.ridethrough("accept-journal", "--reason", "seen").code())
                    .isZero();
            JsonNode up = receipt(next, "startup");
            assertThat(up.path("result").asText()).as(up.toPrettyString()).isEqualTo("complete");
        }
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("journal.db.damaged-"));
        }
    }

    private ServedProduct served(String mounts) throws IOException {
        String script = "H=" + home + "; T=" + disk + "; " + mounts + " && exec \"$@\"";
        Path own = Files.createDirectories(life.resolve("life-" + System.nanoTime()));
        return new ServedProduct(List.of("unshare", "-m", "sh", "-c", script, "sh"), own, home, contracts);
    }

    private static void inItsNamespace(ServedProduct product, String... command) throws Exception {
        List<String> line = Stream.concat(
                        Stream.of("nsenter", "-m", "-t", Long.toString(product.pid())), Stream.of(command))
                .toList();
        assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).isZero();
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (int i = 0; i < 4096; i++) {
                out.write(block);
            }
            throw new AssertionError("that disk takes more than it has");
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private void changeAByte() throws IOException {
        Path file = home.resolve("journal.db");
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("the first page 50\"");
        assertThat(at).isPositive();
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private static void wentDownOnce() {
        assertThat(harbour.commands("pier"))
                .hasSize(4)
                .doesNotHaveDuplicates()
                .noneMatch(command -> command.startsWith("qm stop"));
        assertThat(harbour.commands("crane")).hasSize(3).doesNotHaveDuplicates();
        harbour.happenedInOrder(
                "pier: qm shutdown 103",
                "pier: qm shutdown 102",
                "pier: pct shutdown 101",
                "pier: systemctl poweroff",
                "pier: off",
                "silo: poweroff",
                "silo: off");
    }

    private static JsonNode receipt(ServedProduct product, String phase) {
        return new ClosedRuns(product.client(), () -> product.log() + harbour.log()).receipt(SITE, phase);
    }

    private static boolean answers(ServedProduct product) {
        try {
            String sites = sites(product);
            return sites.contains("readiness") && !sites.contains("observe-only");
        } catch (ServiceClient.NoService notYet) {
            return false;
        }
    }

    private static String sites(ServedProduct product) {
        return product.client().get("sites").json().toString();
    }

    private static void outage() {
        harbour.broker.retain("ups/harbour/ups.status", "OB DISCHRG");
    }

    private static void mains() {
        harbour.broker.retain("ups/harbour/ups.status", "OL CHRG");
    }
}
