package io.ridethrough.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ridethrough.target.Secrets.UnusableSecretException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void readsTheFileOfThatNameAndNeverShowsIt() throws Exception {
        write("ssh/home", "canary\n", "rw-------");

        Secret secret = new SecretFiles(folder).secret("ssh/home");

        assertThat(secret.text()).isEqualTo("canary");
        assertThat(secret).hasToString("***");
    }

    @Test
    void refusesAFileThatOthersMayRead() throws Exception {
        write("token", "canary", "rw-r-----");

        assertThatThrownBy(() -> new SecretFiles(folder).secret("token"))
                .isInstanceOf(UnusableSecretException.class)
                .hasMessageContaining("chmod 600")
                .hasMessageNotContaining("canary");
    }

    @Test
    void refusesANameThatLeavesTheFolder() {
        for (String name : new String[] {"../outside", "/etc/hostname", "", ".", "a/../.."}) {
            assertThatThrownBy(() -> new SecretFiles(folder).secret(name)).isInstanceOf(UnusableSecretException.class);
        }
    }

    @Test
    void namesTheFileThatIsMissing() {
        assertThatThrownBy(() -> new SecretFiles(folder).secret("ssh/none"))
                .isInstanceOf(UnusableSecretException.class)
                .hasMessageContaining(folder.resolve("ssh/none").toString());
    }

    private void write(String name, String value, String permissions) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
