package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.contract.Contracts;
import io.ridethrough.lab.net.FreePort;
import io.ridethrough.realparts.Until;
import io.ridethrough.receipt.AnchorFile;
import io.ridethrough.receipt.KeyFile;
import io.ridethrough.receipt.Signing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receipts of a running service are listed, shown, taken along and proved; a copy that was tampered with is refused. */
class ReceiptsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static ServerSocket quay;
    private static Path config;
    private static Path anchor;
    private static Service service;
    private static List<String> runs;

    @BeforeAll
    static void serve() throws IOException {
        quay = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        int http = FreePort.onLoopback();
        anchor = folder.resolve("heads.jsonl");
        config = TwoSites.write(folder, http, quay.getLocalPort(), quay.getLocalPort());
        Files.writeString(config, Files.readString(config) + "ridethrough.receipts.anchor = " + anchor + "\n");
        Settings settings = Settings.read(config);
        Contracts contracts = new ContractFolder(settings.path("ridethrough.contracts")).contracts();
        Home home = Home.at(settings.path("ridethrough.home"));
        service = Service.start(settings, home, contracts, ServeCommand.real(home, contracts));
        runs = Stream.of("quay", "pier", "quay")
                .map(site -> read(typed("verify " + site + " --json").out())
                        .path("run")
                        .asText())
                .toList();
        Until.holds(() -> heads() == 3);
    }

    private static long heads() {
        try {
            return new AnchorFile(anchor).heads().size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        quay.close();
    }

    @Test
    void listsAndShowsWhatTheServiceHasAndWhatAFileHas() throws IOException {
        Path file = exported("shown.jsonl");
        for (String from : List.of("", " --file " + file)) {
            Typed listed = typed("receipts list" + from);
            assertThat(listed.code()).as(listed.err()).isEqualTo(Exit.WELL);
            assertThat(listed.out().lines()).hasSize(3).first().asString().contains("1  run ", "complete", runs.get(0));
            JsonNode second = read(typed("receipts show 2 --json" + from).out());
            assertThat(second.path("run").asText()).isEqualTo(runs.get(1));
            assertThat(read(typed("receipts show " + runs.get(1) + from).out())).isEqualTo(second);
            assertThat(typed("receipts show 9" + from).code()).isEqualTo(Exit.REFUSED);
        }
        assertThat(typed("receipts list --kind journal").out()).isEmpty();
    }

    @Test
    void provesAllOfThemSignedAndKeptElsewhere() {
        Typed proved = typed("receipts verify");

        assertThat(proved.code()).as(proved.out() + proved.err()).isEqualTo(Exit.WELL);
        assertThat(proved.out())
                .startsWith("All 3 receipts are as they were written, none is missing; 3 are signed;"
                        + " kept elsewhere up to receipt 3.\n")
                .contains("file " + anchor + " keeps the head of receipt 3\n")
                .doesNotContain("note: ");
        assertThat(read(typed("receipts verify --json").out()).path("well").asBoolean())
                .isTrue();
    }

    @Test
    void namesTheReceiptOfWhichOneByteWasAltered() throws IOException {
        Path file = exported("altered.jsonl");
        String text = Files.readString(file);
        int second = text.indexOf(runs.get(1));
        Files.writeString(file, text.substring(0, second) + "P" + text.substring(second + 1));

        Typed refused = typed("receipts verify --file " + file);

        assertThat(refused.code()).isEqualTo(Exit.REFUSED);
        assertThat(refused.out())
                .startsWith("NOT AS WRITTEN: receipt 2 was altered: its hash does not fit.\n")
                .contains("what stands there says: run Pier-", "1 receipts before it are as they were written");
        assertThat(read(typed("receipts verify --json --file " + file).out())
                        .path("flaw")
                        .path("receipt")
                        .asInt())
                .isEqualTo(2);
    }

    /** The file alone cannot show it, nor can its count: whoever cuts it counts anew. */
    @Test
    void findsACutOffEndByTheHeadKeptElsewhere() throws IOException {
        List<String> lines = Files.readAllLines(exported("whole.jsonl"));
        Path file = Files.write(
                folder.resolve("cut.jsonl"),
                List.of(
                        lines.get(0).replace("3", "2").replace("receipts-2", "receipts-1"),
                        lines.get(1),
                        lines.get(2)));

        assertThat(typed("receipts verify --file " + file).out())
                .startsWith(
                        "NOT AS WRITTEN: the end was cut off: receipt 3 was kept elsewhere, and the last one here is 2");
    }

    /** The broker's word reaches whoever proves the receipts of the service: a file elsewhere is not needed for it. */
    @Test
    void isNotWellWhereAPlaceElsewhereKeepsAReceiptThatTheServiceHasNot() {
        JsonNode elsewhere = read("""
                [{"place":"file f","state":"ours","newest":3,"trouble":""},
                 {"place":"broker b","state":"another-chain","newest":0,"trouble":"it keeps the head of a receipt 5"}]
                """);

        assertThat(ReceiptsVerifyCommand.strangers(elsewhere)).containsExactly("broker b");
        assertThat(ReceiptsVerifyCommand.told(elsewhere).lines())
                .containsExactly(
                        "  file f keeps the head of receipt 3",
                        "NOT AS KEPT ELSEWHERE: broker b: it keeps the head of a receipt 5");
    }

    @Test
    void refusesReceiptsOfAnotherKeyAndSaysSoWhereNoKeyIsKnown() throws IOException {
        Path file = exported("keyed.jsonl");
        Path others = Files.createDirectories(folder.resolve("others"));
        assertThat(new KeyFile(others).signing()).isInstanceOf(Signing.By.class);

        Typed refused = typed("receipts verify --file " + file + " --key " + new KeyFile(others).open());
        assertThat(refused.code()).isEqualTo(Exit.REFUSED);
        assertThat(refused.out()).contains("receipt 1 is signed with another key than yours");

        Path stranger = Files.writeString(folder.resolve("stranger.properties"), "ridethrough.home = nowhere\n");
        Typed unknown = Typed.of("receipts", "verify", "--file", file, "--config", stranger);
        assertThat(unknown.code()).as(unknown.err()).isEqualTo(Exit.WELL);
        assertThat(unknown.out())
                .contains("nothing here says that this is your key", "a tail that was cut off would not show");
    }

    /** Another program is the judge: the signature is what the page says it is. */
    @Test
    void openSslFindsTheSignatureRight() throws Exception {
        JsonNode receipt = read(typed("receipts show 3 --json").out());
        Path key = Files.writeString(
                folder.resolve("key.pem"), typed("receipts key").out());
        Path statement = Files.writeString(
                folder.resolve("statement"),
                "ridethrough receipt 3 " + receipt.path("hash").asText());
        Path signature = Files.write(
                folder.resolve("signature"),
                Base64.getDecoder().decode(receipt.path("signature").asText()));

        Process openSsl = new ProcessBuilder(
                        "openssl",
                        "pkeyutl",
                        "-verify",
                        "-pubin",
                        "-inkey",
                        key.toString(),
                        "-rawin",
                        "-in",
                        statement.toString(),
                        "-sigfile",
                        signature.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(openSsl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(openSsl.waitFor()).as(said).isZero();
    }

    @Test
    void theKeyIsItsOwnersAloneAndIsNotUsedOtherwise() throws IOException {
        KeyFile kept = new KeyFile(Settings.read(config).path("ridethrough.home"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.secret())))
                .isEqualTo("rw-------");

        KeyFile open = new KeyFile(Files.createDirectories(folder.resolve("open")));
        assertThat(open.signing()).isInstanceOf(Signing.By.class);
        Files.setPosixFilePermissions(open.secret(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(open.signing()).isInstanceOfSatisfying(Signing.None.class, none -> assertThat(none.why())
                .contains("chmod 600"));
    }

    private static Path exported(String name) throws IOException {
        Path file = folder.resolve(name);
        Typed exported = typed("receipts export " + file);
        assertThat(exported.code()).as(exported.err()).isEqualTo(Exit.WELL);
        assertThat(typed("receipts export " + file).err()).contains("it is there already", "Nothing was changed.");
        return file;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static Typed typed(String line) {
        return Typed.of(Stream.concat(Stream.of(line.split(" ")), Stream.of("--config", config))
                .toArray());
    }
}
