package io.ridethrough.cli;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.setup.OwnNets;
import io.ridethrough.setup.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The least rights that a target has to give, and its net of last resort, made from the contracts. Touches nothing. */
@Command(
        name = "setup",
        description =
                "Prints what to set up at a target, and no more than is needed: roles, keys, sudoers lines; and what it"
                        + " is to do when nothing of ours is left. Touches nothing.")
final class SetupCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(
            paramLabel = "SITE/ASSET",
            description = "A declared node, NAS, controller, Home Assistant, UPS, plug or guest.")
    private String asset = "";

    @Override
    public Integer call() {
        Contracts contracts = new ContractFolder(installation.settings().path("ridethrough.contracts")).contracts();
        Optional<AssetId> id = contracts.sites().keySet().stream()
                .filter(site -> asset.startsWith(site.value() + "/")
                        && asset.length() > site.value().length() + 1)
                .findFirst()
                .map(site -> new AssetId(site, asset.substring(site.value().length() + 1)));
        String secrets = Home.whateverItIs(installation.settings().path("ridethrough.home"))
                .secrets()
                .toString();
        List<String> lines = new ArrayList<>();
        id.flatMap(one -> Recipe.of(contracts, one, secrets)).ifPresent(lines::addAll);
        id.map(one -> OwnNets.of(contracts, one)).ifPresent(lines::addAll);
        if (lines.isEmpty()) {
            throw new UserError("no asset \"" + asset + "\" is declared; name it as site/asset");
        }
        lines.forEach(System.out::println);
        return Exit.WELL;
    }
}
