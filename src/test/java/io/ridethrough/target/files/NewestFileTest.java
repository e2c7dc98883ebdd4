package io.ridethrough.target.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By the find of this machine, which is the one that hosts have. */
class NewestFileTest {
    private static final Instant NIGHT = Instant.parse("2026-03-04T02:05:00Z");

    @TempDir
    Path folder;

    @Test
    void theNewestOfWhatThePatternNamesCounts() throws Exception {
        file("dump/vzdump-qemu-100-2026_03_03.vma.zst", "x", NIGHT.minus(Duration.ofDays(1)));
        file("dump/vzdump-qemu-100-2026_03_04.vma.zst", "x", NIGHT);
        file("dump/vzdump-qemu-1000-2026_03_05.vma.zst", "x", NIGHT.plus(Duration.ofDays(1)));
        file("dump/vzdump-qemu-100-2026_03_05.vma.dat", "x", NIGHT.plus(Duration.ofDays(1)));
        file("dump/older/vzdump-qemu-100-2026_03_05.vma.zst", "x", NIGHT.plus(Duration.ofDays(1)));

        assertThat(NewestFile.read(found("dump/vzdump-qemu-100-*.vma.zst")))
                .contains(new NewestFile.File(folder + "/dump/vzdump-qemu-100-2026_03_04.vma.zst", NIGHT));
    }

    @Test
    void aStarMayStandForAFolder() throws Exception {
        file("flows/2026-03-03/manifest.txt", "x", NIGHT.minus(Duration.ofDays(1)));
        file("flows/2026-03-04/manifest.txt", "x", NIGHT);
        file("flows/2026-03-05/flow.json", "x", NIGHT.plus(Duration.ofDays(1)));

        assertThat(NewestFile.read(found("flows/*/manifest.txt")))
                .contains(new NewestFile.File(folder + "/flows/2026-03-04/manifest.txt", NIGHT));
    }

    @Test
    void nobodyRestoresFromAnEmptyFile() throws Exception {
        file("dump/a.zst", "", NIGHT);

        assertThat(NewestFile.read(found("dump/*.zst"))).isEmpty();
    }

    private void file(String name, String content, Instant changed) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(changed));
    }

    private String found(String pattern) throws Exception {
        String line = new NewestFile(folder + "/" + pattern)
                .command(Duration.ofSeconds(5))
                .line();
        Process find = new ProcessBuilder("sh", "-c", line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(find.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(find.waitFor()).isZero();
        return out;
    }
}
