package io.ridethrough.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product knows no site: what is special about one is in its contract and nowhere else. */
final class LiteralsTest {
    private static final Path CONTRACTS = Path.of("contracts", "sites");

    private static List<Literal> product = List.of();

    @BeforeAll
    static void readTheProduct() throws Exception {
        product = Literals.ofTheProduct();
    }

    @Test
    void noLiteralIsAnIdOfAContract() throws Exception {
        Set<String> ids = ContractIds.under(CONTRACTS);
        assertThat(ids).hasSizeGreaterThan(50);
        assertThat(product)
                .isNotEmpty()
                .filteredOn(literal -> ids.contains(literal.text()))
                .isEmpty();
    }

    @Test
    void noLiteralIsAnAddressButLoopbackWildcardAndBroadcast() {
        assertThat(product)
                .filteredOn(literal -> !Addresses.foreignIn(literal.text()).isEmpty())
                .isEmpty();
    }

    /** A new entry here is a decision: a site calls an asset by a word that the schemas also use. */
    @Test
    void fewIdsAreAlsoWordsOfTheSchemas() throws Exception {
        Set<String> shared = new TreeSet<>(ContractIds.vocabulary());
        shared.retainAll(ContractIds.namedUnder(CONTRACTS));
        assertThat(shared).isSubsetOf("dns", "home-assistant", "name-service", "nas", "storage");
    }

    @Test
    void idsAreReadFromEveryFileOfASite(@TempDir Path folder) throws Exception {
        Path site = Files.createDirectories(folder.resolve("attic"));
        Files.writeString(site.resolve("site.yaml"), "site: attic\n");
        Files.writeString(
                site.resolve("nodes.yaml"),
                "nodes:\n  - id: pve9\n    node-name: nine\n    ssh: {host: a.example}\n  - id: nas\n");
        assertThat(ContractIds.under(folder))
                .containsExactlyInAnyOrder(
                        "attic",
                        "pve9",
                        "attic/pve9",
                        "nine",
                        "attic/nine",
                        "a.example",
                        "attic/a.example",
                        "attic/nas");
    }

    @Test
    void literalsAreReadFromJavaAndYaml() throws Exception {
        assertThat(
                        Literals.ofJava(
                                Map.of(
                                        "A.java",
                                        "/** \"no\" */ class A { String a = \"one\"; String b = \"\"\"\n   two\"\"\"; char c = 'c'; }")))
                .extracting(Literal::text)
                .containsExactly("one", "two");
        assertThat(Literals.ofYaml("a.yaml", "- route: {id: one, uri: 'two'}\n"))
                .extracting(Literal::toString)
                .contains("a.yaml:1: \"one\"", "a.yaml:1: \"two\"");
    }

    @Test
    void addressesAreFoundInsideLongerText() {
        assertThat(Addresses.foreignIn("ssh root@192.0.2.7:22")).isEqualTo(List.of("192.0.2.7"));
        assertThat(Addresses.foreignIn("wake 02-00-5E-00-53-01 now")).isEqualTo(List.of("02-00-5E-00-53-01"));
        assertThat(Addresses.foreignIn("127.0.0.1 127.8.9.1 0.0.0.0 255.255.255.255 ff:ff:ff:ff:ff:ff"))
                .isEmpty();
        assertThat(Addresses.foreignIn("camel 4.17.0, ratio 1.2.3.4.5, 999.1.1.1"))
                .isEmpty();
    }
}
