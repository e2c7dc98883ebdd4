package io.ridethrough.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** What people read about a site says what its contracts say, whatever these hold. */
final class DocumentsTest {
    private static final SiteId ATTIC = new SiteId("attic");
    private static final Stamp STAMP = new Stamp("0123456789abcdef", LocalDate.of(2026, 3, 1));
    private static final String HOSTILE =
            "</text></svg><script>alert(1)</script><img src=x onerror=alert(2)> \\u202E \\u0007 ]]> & ' {{.}} $x";

    @Test
    void theBootRunbookTellsTheOrderItsReasonsAndWhatIsLookedAt() {
        Contracts contracts = shipped();
        for (SiteId site : contracts.sites().keySet()) {
            assertThat(named(contracts, site, "boot-runbook.html"))
                    .contains("Before anything", "Comes after", "By hand, without us", "ridethrough verify " + site);
        }
        String attic = named(FakeContracts.attic(), ATTIC, "boot-runbook.html");

        assertThat(attic)
                .contains("Wake-on-LAN to 02:00:5e:10:00:02, 02:00:5e:10:00:12")
                .contains("mounts /volume1/media of attic/nas")
                .contains("runs on pve1")
                .contains("its node at boot; Ridethrough where that did not")
                .contains("is running and responds")
                .contains("pct status 101</code>", "wakeonlan -i 192.0.2.255 -p 9 02:00:5e:10:00:01");
        assertThat(attic.indexOf("<strong>nas</strong>")).isLessThan(attic.indexOf("<strong>pve2</strong>"));
        assertThat(attic.indexOf("<strong>dns</strong>")).isLessThan(attic.indexOf("<strong>web</strong>"));
    }

    @Test
    void theRebootGateOfEverySiteNamesWhatMustHoldBeforeAndAfter() {
        Contracts contracts = shipped();
        assertThat(contracts.sites()).hasSizeGreaterThan(1);
        contracts.sites().forEach((id, site) -> {
            String gate = named(contracts, id, "reboot-gate.html");
            assertThat(gate)
                    .contains("Before: every one must hold", "After: every one must hold again", "boot_id")
                    .contains("zpool status -x", "systemctl is-active pve-cluster", "qmigrate", "vzdump")
                    .contains("<code>no-failed-unit</code>", "hard stop: planned work is refused");
            assertThat(gate.contains("The way in stays open"))
                    .isEqualTo(site.outOfBand().required());
            site.guests().forEach(guest -> assertThat(gate).contains(" config " + guest.vmid() + " | grep onboot"));
            site.probes().forEach(probe -> assertThat(gate).contains(Markup.escaped(Sentence.question(probe))));
        });
    }

    @Test
    void theNetworkTableHasEveryAddressInOrderAndSaysWhatCannotBeReserved() {
        String network = named(FakeContracts.attic(), ATTIC, "network.html");

        FakeContracts.attic().assets().keySet().stream()
                .filter(id -> id.name().startsWith("pve") || id.name().equals("nas"))
                .forEach(id -> assertThat(network).contains("<strong>" + id.name() + "</strong>"));
        assertThat(network).contains("02:00:5e:10:00:01", "cannot be reserved: no hardware address is declared");
        assertThat(network.indexOf("192.0.2.11</code>")).isLessThan(network.indexOf("192.0.2.53</code>"));
    }

    @Test
    void everyPageNamesItsContractsAndTheirDayAndNoSecret() {
        for (Document document : all(shipped(), new SiteId("home"))) {
            if (!document.name().endsWith(".svg")) { // a picture stands in its page
                assertThat(document.text()).contains("Rendered on 2026-03-01 from contracts 0123456789ab.");
            }
            assertThat(document.text()).doesNotContain("PRIVATE KEY", "http-equiv", " src=");
        }
        assertThat(named(shipped(), new SiteId("home"), "power.html"))
                .as("what is only taken to be so is said")
                .contains("No source says what feeds what.");
    }

    @Test
    void whatContractsHoldIsTextAndNeverMarkup() throws Exception {
        Contracts hostile = atticSaying(HOSTILE);
        for (Document document : all(hostile, ATTIC)) {
            assertThat(document.text()).as(document.name()).doesNotContain("\u202E", "\u0007");
            if (!document.name().endsWith(".json") && !document.name().endsWith(".yaml")) {
                assertThat(document.text()).as(document.name()).doesNotContain("<script", "<img");
            }
            if (document.name().endsWith(".svg")) {
                assertThat(texts(document)).contains("onerror=alert(2)>", "{{.}} $x");
            }
        }
        assertThat(named(hostile, ATTIC, "network.html"))
                .contains("&lt;/text&gt;&lt;/svg&gt;&lt;script&gt;alert(1)&lt;/script&gt;", "\uFFFD", "&#39;");
    }

    @Test
    void aNameWithoutABlankStaysInItsBox() throws Exception {
        Document map = all(atticSaying("W".repeat(120)), ATTIC).stream()
                .filter(one -> one.name().endsWith(".svg"))
                .findFirst()
                .orElseThrow();

        assertThat(texts(map).lines()).isNotEmpty().allMatch(line -> line.length() <= 58);
    }

    /** The text elements of a picture that an XML parser reads, a line each. */
    private static String texts(Document picture) throws Exception {
        var parsed = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(picture.text())));
        assertThat(parsed.getElementsByTagName("script").getLength()).isZero();
        StringBuilder texts = new StringBuilder();
        var nodes = parsed.getElementsByTagName("text");
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.append(nodes.item(i).getTextContent()).append('\n');
        }
        return texts.toString();
    }

    /** The attic with those words for every title, as YAML has them between double quotes. */
    static Contracts atticSaying(String words) {
        return read(
                Path.of("src/test/resources/contracts/attic"),
                text -> text.replaceAll("(?m)^( *)(- )?title: .*$", "$1$2title: \"" + quoted(words) + "\""));
    }

    private static String quoted(String words) {
        return Matcher.quoteReplacement(words);
    }

    static Contracts shipped() {
        return read(Path.of("contracts"), text -> text);
    }

    private static Contracts read(Path root, UnaryOperator<String> change) {
        try (Stream<Path> below = Files.walk(root)) {
            List<SourceFile> files = new ArrayList<>();
            for (Path file : below.filter(Files::isRegularFile).sorted().toList()) {
                String text = change.apply(Files.readString(file));
                files.add(new SourceFile(root.relativize(file).toString(), text.getBytes(StandardCharsets.UTF_8)));
            }
            return loaded(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Contracts loaded(List<SourceFile> files) {
        Loaded loaded = new ContractLoader().load(files);
        assertThat(loaded.render()).isEmpty();
        return ((Loaded.Ok) loaded).contracts();
    }

    private static List<Document> all(Contracts contracts, SiteId site) {
        return Documents.of(contracts, site, "secrets", STAMP);
    }

    private static String named(Contracts contracts, SiteId site, String name) {
        return all(contracts, site).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow()
                .text();
    }
}
