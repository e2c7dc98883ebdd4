package io.ridethrough.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.SiteId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a folder of documents is renewed when it is not what contracts say, and told. */
final class DocumentFolderTest {
    private static final SiteId ATTIC = new SiteId("attic");
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);

    @TempDir
    Path root;

    private DocumentFolder folder = new DocumentFolder(Path.of("."), FakeContracts.attic(), "secrets");
    private Path page = Path.of(".");

    @BeforeEach
    void renew() throws IOException {
        folder = new DocumentFolder(root, FakeContracts.attic(), "secrets");
        assertThat(folder.look(ATTIC).stale()).hasSize(10).contains("index.html is missing");
        assertThat(folder.renew(ATTIC, FIRST)).hasSize(10).allSatisfy(file -> assertThat(file)
                .exists());
        page = folder.of(ATTIC).resolve("boot-runbook.html");
    }

    @Test
    void whatIsRightAlreadyKeepsItsBytesAndItsDay() throws IOException {
        String before = Files.readString(page);

        assertThat(folder.renew(ATTIC, FIRST.plusDays(30))).isEmpty();
        assertThat(Files.readString(page)).isEqualTo(before).contains("2026-03-01");
        assertThat(folder.look(ATTIC).stale()).isEmpty();
    }

    @Test
    void changedContractsMakeEveryPageStaleUntilItIsRenewed() throws IOException {
        DocumentFolder changed = new DocumentFolder(root, DocumentsTest.atticSaying("another title"), "secrets");
        assertThat(changed.look(ATTIC).stale()).contains("boot-runbook.html is not what the contracts say");

        assertThat(changed.renew(ATTIC, FIRST.plusDays(1))).hasSize(10);
        assertThat(changed.look(ATTIC).stale()).isEmpty();
        assertThat(Files.readString(page)).contains("another title", "2026-03-02");
    }

    @Test
    void aPageThatWasAlteredByHandIsFoundAndRenewed() throws IOException {
        Files.writeString(page, Files.readString(page).replace("pct status 101", "pct status 102"));
        assertThat(folder.look(ATTIC).stale()).containsExactly("boot-runbook.html is not what the contracts say");

        folder.renew(ATTIC, FIRST);
        assertThat(folder.look(ATTIC).stale()).isEmpty();
    }

    @Test
    void whatNamesADestroyedGuestOrAnAssetNobodyDeclaresIsFound() throws IOException {
        DocumentFolder.Seen well = folder.look(ATTIC);
        assertThat(well.destroyed()).isEmpty();
        assertThat(well.undeclared()).isEmpty();

        Path notes = Files.createDirectories(folder.of(ATTIC).resolve("notes"));
        Files.writeString(
                notes.resolve("new-devices.md"), "Clone Debian-Template, then log in to attic/pve9 or attic/pve1.");
        Files.writeString(notes.resolve("fine.md"), "https://host/attic/pve9, my-debian-template-2, /srv/attic/pve9");
        Files.write(notes.resolve("picture.png"), new byte[] {0, 'a', 't', 't', 'i', 'c', '/', 'x'});

        DocumentFolder.Seen seen = folder.look(ATTIC);
        assertThat(seen.stale()).isEmpty();
        assertThat(seen.destroyed()).containsExactly("notes/new-devices.md: debian-template");
        assertThat(seen.undeclared()).containsExactly("notes/new-devices.md: attic/pve9");
        assertThat(folder.renew(ATTIC, FIRST))
                .as("what people put there is left alone")
                .isEmpty();
        assertThat(notes.resolve("new-devices.md")).exists();
    }
}
