package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The contracts as they lie on disk: the only place that reads them. */
record ContractFolder(Path folder) {
    /** Reads every contract file, each no further than one byte past the largest that is allowed. */
    Loaded load() {
        if (!Files.isDirectory(folder)) {
            throw new UserError(folder + ": error: no such folder; it holds sites/<site>/*.yaml and policy.yaml");
        }
        try (Stream<Path> files = Files.walk(folder, 4)) {
            List<SourceFile> sources = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(this::source)
                    .toList();
            return new ContractLoader().load(sources);
        } catch (IOException e) {
            throw new UserError(folder + ": error: cannot be read: " + e.getMessage());
        }
    }

    /** The contracts, or every reason why not. */
    Contracts contracts() {
        Loaded loaded = load();
        if (loaded instanceof Loaded.Ok ok) {
            return ok.contracts();
        }
        throw new UserError(loaded.render().stripTrailing());
    }

    private SourceFile source(Path file) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        try (InputStream in = Files.newInputStream(file)) {
            return new SourceFile(name, in.readNBytes(SourceFile.LARGEST + 1));
        } catch (IOException e) {
            throw new UserError(file + ": error: cannot be read: " + e.getMessage());
        }
    }
}
