package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Stack;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.setup.HostCommands;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What hosts of the lab were sent over SSH, held against what their forced commands would let through. */
final class LetThrough {
    private LetThrough() {}

    /** Every line that any host was sent is one that the forced command of its key lets through. */
    static void everyLine(Contracts contracts, LabWorld world) {
        assertThat(contracts.assets().keySet()).anyMatch(id -> !world.told(id).isEmpty());
        contracts.assets().values().stream()
                .filter(asset -> !(asset instanceof Stack))
                .forEach(host -> {
                    Set<String> said = world.told(host.id());
                    List<Pattern> known = HostCommands.of(contracts, host).stream()
                            .map(Pattern::compile)
                            .toList();
                    assertThat(said).as(host.id().toString()).allMatch(line -> known.stream()
                            .anyMatch(one -> one.matcher(line).matches()));
                });
    }
}
