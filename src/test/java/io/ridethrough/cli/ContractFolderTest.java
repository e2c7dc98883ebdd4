package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractFolderTest {

    @Test
    void theContractsOfThisRepositoryAreWhole() throws IOException {
        Loaded loaded = new ContractLoader().load(ContractFolder.read(Path.of("contracts")));

        assertThat(loaded.render()).isEmpty();
        assertThat(loaded).isInstanceOf(Loaded.Ok.class);
    }

    @Test
    void anEmptySiteFolderIsAnErrorAndNotSilence(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("sites/cellar"));

        Loaded loaded = new ContractLoader().load(ContractFolder.read(root));

        assertThat(loaded.render())
                .startsWith("contracts/sites/cellar:1:1: error: the folder of site \"cellar\" declares nothing.")
                .endsWith("\n1 error. Nothing was changed.\n");
    }

    @Test
    void anEmptyFolderDeclaresNoSite(@TempDir Path root) throws IOException {
        assertThat(new ContractLoader().load(ContractFolder.read(root)).render())
                .startsWith("contracts:1:1: error: no site is declared.");
    }

    @Test
    void aLargeFileIsRefusedWithoutBeingReadWhole(@TempDir Path root) throws IOException {
        Path site = Files.createDirectories(root.resolve("sites/cellar"));
        Files.write(site.resolve("guests.yaml"), new byte[5 * 1024 * 1024]);

        assertThat(new ContractLoader().load(ContractFolder.read(root)).render())
                .contains("contracts/sites/cellar/guests.yaml:1:1: error: the file is larger than 1 MiB");
    }
}
