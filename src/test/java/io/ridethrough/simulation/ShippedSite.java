package io.ridethrough.simulation;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One of the sites whose contracts are shipped, by itself. */
final class ShippedSite {
    private ShippedSite() {}

    static Contracts of(String name) throws IOException {
        Path root = Path.of("contracts");
        List<SourceFile> files = new ArrayList<>();
        try (Stream<Path> below = Files.walk(root)) {
            for (Path path : below.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                files.add(new SourceFile(root.relativize(path).toString(), Files.readAllBytes(path)));
            }
        }
        Contracts all = ((Loaded.Ok) new ContractLoader().load(files)).contracts();
        SiteId id = new SiteId(name);
        Site site = Objects.requireNonNull(all.sites().get(id));
        return new Contracts(new TreeMap<>(Map.of(id, site)), all.policy(), List.of(), "0");
    }
}
