package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import io.ridethrough.standard.Cel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The contracts as they lie on disk, read bounded: the only place that reads them. */
record ContractFolder(Path folder) {
    private static final int DEEPEST = 6;
    private static final int MOST = 10_000;

    /** Everything declared, or everything that is wrong with it; what controls expect is taken as it is written. */
    Loaded load() {
        return load(new ContractLoader());
    }

    /** The same, with what controls expect checked as well. */
    Loaded checked() {
        return load(new ContractLoader(new Cel()));
    }

    private Loaded load(ContractLoader loader) {
        try {
            return loader.load(folder.toString(), read(folder));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UserError unreadable(IOException e) {
        return new UserError(
                e instanceof NotDirectoryException
                        ? folder + ": error: no such folder; it holds sites/<site>/*.yaml and policy.yaml"
                        : folder + ": error: cannot be read: " + e.getMessage());
    }

    /** All that it holds at one moment, with what controls expect checked as well. */
    Held held() {
        try {
            List<SourceFile> files = read(folder);
            Loaded loaded = new ContractLoader(new Cel()).load(folder.toString(), files);
            return new Held(
                    loaded instanceof Loaded.Ok ok
                            ? Declared.of(ok.contracts())
                            : new Declared(Optional.empty(), loaded.render().stripTrailing()),
                    SourceFile.digest(files));
        } catch (IOException e) {
            return new Held(
                    new Declared(Optional.empty(), String.valueOf(unreadable(e).getMessage())), "");
        }
    }

    /**
     * What the folder held.
     *
     * @param digest of every file, those of the standard and the acceptances too; empty where it cannot be read
     */
    record Held(Declared declared, String digest) {}

    /** The contracts, or every reason why not. */
    Contracts contracts() {
        Loaded loaded = load();
        if (loaded instanceof Loaded.Ok ok) {
            return ok.contracts();
        }
        throw new UserError(loaded.render().stripTrailing());
    }

    /**
     * Every file and every empty folder below {@code root}, by its path relative to it; what is too large is cut one byte
     * beyond what the loader takes.
     *
     * @throws IOException if the folder does not exist or holds what cannot be read
     */
    static List<SourceFile> read(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        List<SourceFile> files = new ArrayList<>();
        try (Stream<Path> below = Files.walk(root, DEEPEST).limit(MOST).sorted()) {
            for (Path path : below.filter(path -> !path.equals(root)).toList()) {
                files.add(source(root, path));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }

    private static SourceFile source(Path root, Path path) throws IOException {
        String relative = root.relativize(path).toString().replace('\\', '/');
        if (Files.isDirectory(path)) {
            return new SourceFile(relative + "/", new byte[0]);
        }
        try (InputStream in = Files.newInputStream(path)) {
            return new SourceFile(relative, in.readNBytes(SourceFile.LARGEST + 1));
        }
    }
}
