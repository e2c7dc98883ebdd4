package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site begins with one command, and two sites are compared with another. */
final class SiteNewTest {
    private static final Path ATTIC = Path.of("src/test/resources/contracts/attic");

    @TempDir
    Path contracts;

    @Test
    void aNewSitePassesCheckAndTheNextCommandIsNamed() {
        Typed made = Typed.of("site", "new", "loft", "--contracts", contracts);

        assertThat(made.code()).as(made.err()).isEqualTo(Exit.WELL);
        assertThat(made.out()).contains(contracts + "/sites/loft").contains("Next: ridethrough check " + contracts);
        Typed checked = Typed.of("check", contracts);
        assertThat(checked.code()).as(checked.out()).isEqualTo(Exit.WELL);
        assertThat(checked.out()).contains("site loft: 0 nodes", "assumed:");
    }

    @Test
    void anExistingSiteIsRefusedAndStaysAsItIs() throws Exception {
        Typed.of("site", "new", "loft", "--contracts", contracts);
        Path nodes = contracts.resolve("sites/loft/nodes.yaml");
        Files.writeString(nodes, "none: mine\n");

        Typed again = Typed.of("site", "new", "loft", "--contracts", contracts);

        assertThat(again.code()).isEqualTo(Exit.REFUSED);
        assertThat(again.err()).contains("sites/loft", "never overwritten", "Nothing was changed.");
        assertThat(nodes).hasContent("none: mine");
    }

    @Test
    void aNameThatNoSiteCanHaveIsRefused() {
        assertThat(Typed.of("site", "new", "../up", "--contracts", contracts).err())
                .contains("cannot be called", "lower-case");
        assertThat(contracts).isEmptyDirectory();
    }

    @Test
    void theDeclarationsOfTwoSitesStandSideBySide() throws Exception {
        copy(ATTIC.resolve("sites/attic"), contracts.resolve("sites/attic"));
        Typed.of("site", "new", "loft", "--contracts", contracts);

        Typed diff = Typed.of("site", "diff", "attic", "loft", "--contracts", contracts);

        assertThat(diff.code()).as(diff.err()).isEqualTo(Exit.WELL);
        assertThat(diff.out())
                .containsPattern("declared in +attic +loft")
                .containsPattern("nodes\\.nodes\\.wakes-apart +2 of 2 +-")
                .containsPattern("guests\\.guests\\.onboot +1 of 4 +-")
                .containsPattern("nodes\\.none +0 of 1 +1 of 1")
                .containsPattern("\\d+ fields are declared by one of the two only\\.");
        assertThat(Typed.of("site", "diff", "loft", "loft", "--contracts", contracts)
                        .out())
                .isEqualTo("Parity: neither declares a field that the other never does.\n");
    }

    static void copy(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
