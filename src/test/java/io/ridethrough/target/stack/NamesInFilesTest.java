package io.ridethrough.target.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.target.ssh.CommandResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By the find and grep of this machine, which are those that hosts have. */
class NamesInFilesTest {
    private static final List<String> NEVER = List.of("GIT_TOKEN", "FORGE_KEY");

    @TempDir
    Path folder;

    @Test
    void everyOtherNameIsToldWithItsFileAndNothingOfItsValue() throws Exception {
        Files.writeString(folder.resolve("docker-compose.yml"), "args:\n  GIT_TOKEN: ${FORGE_TOKEN}\n  FORGE_KEY: x\n");
        Files.writeString(folder.resolve(".env"), "FORGE_TOKEN=hush\nGIT_TOKEN=hush\n");
        Files.writeString(folder.resolve("Dockerfile"), "ARG GIT_TOKEN\n");
        Files.writeString(folder.resolve("notes.txt"), "GIT_TOKEN");

        CommandResult result = found();

        assertThat(NamesInFiles.read(result))
                .isEqualTo(new NamesInFiles.Told(List.of(
                        ".env: GIT_TOKEN",
                        "Dockerfile: GIT_TOKEN",
                        "docker-compose.yml: FORGE_KEY",
                        "docker-compose.yml: GIT_TOKEN")));
        assertThat(result.toString()).doesNotContain("hush");
    }

    @Test
    void aNameWithinALongerOneIsAnotherName() throws Exception {
        Files.writeString(folder.resolve("compose.yaml"), "MY_GIT_TOKEN: x\nGIT_TOKENS: y\n");

        assertThat(NamesInFiles.read(found())).isEqualTo(new NamesInFiles.Told(List.of()));
    }

    @Test
    void whereAFileCannotBeReadNothingFoundIsNothingKnown() {
        String denied = "grep: /srv/wiki/.env: Permission denied\n";

        assertThat(NamesInFiles.read(new CommandResult.Exited(0, "", denied)))
                .isInstanceOf(NamesInFiles.Unreadable.class);
        assertThat(NamesInFiles.read(new CommandResult.Exited(0, "compose.yaml: GIT_TOKEN\n", denied)))
                .isEqualTo(new NamesInFiles.Told(List.of("compose.yaml: GIT_TOKEN")));
        assertThat(NamesInFiles.read(new CommandResult.Exited(1, "", "find: '/srv/wiki': No such file or directory\n")))
                .isInstanceOf(NamesInFiles.Unreadable.class);
    }

    private CommandResult found() throws Exception {
        String line = NamesInFiles.command(folder.toString(), NEVER, Duration.ofSeconds(5))
                .line();
        Process process = new ProcessBuilder("sh", "-c", line).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandResult.Exited(process.waitFor(), out, err);
    }
}
