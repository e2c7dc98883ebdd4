package io.ridethrough.contract;

import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Small whole contracts for tests. */
public final class FakeContracts {
    private static final List<String> FILES = List.of(
            "site", "power", "nodes", "guests", "stacks", "storage", "network", "home-assistant", "backup", "services");

    private FakeContracts() {}

    /** The attic: one NAS, two nodes, four guests, a stack, a UPS, probes and a policy. */
    public static Contracts attic() {
        Loaded loaded = new ContractLoader().load(atticFiles());
        if (loaded instanceof Loaded.Ok ok) {
            return ok.contracts();
        }
        throw new AssertionError(loaded.render());
    }

    /** The same as files, to be changed by a test. */
    public static List<SourceFile> atticFiles() {
        List<SourceFile> files = new ArrayList<>();
        FILES.forEach(name -> files.add(read("sites/attic/" + name + ".yaml")));
        files.add(read("policy.yaml"));
        return files;
    }

    private static SourceFile read(String path) {
        try (InputStream in = FakeContracts.class.getResourceAsStream("/contracts/attic/" + path)) {
            if (in == null) {
                throw new AssertionError("no " + path);
            }
            return new SourceFile(path, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
