package io.ridethrough.setup;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Stack;
import io.ridethrough.target.stack.ComposeCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What sudo has to let through for the stacks of one host: the lines of each project by its name and its folder, and
 * nothing of docker besides. Group docker would be root, and so would docker without bounds (docker, security).
 */
final class StackRights {
    /** Said with the lines, since no line can bound what a compose file asks docker for. */
    static final List<String> CAUTION = List.of(
            "# Whoever may bring a stack up and can write what its compose file says is root there in effect. So each",
            "# stack's folder, all that is in it or that its file names, and every folder above it must be root's,",
            "# with nobody else allowed to write there (compose looks for its file in the folders above too).");

    /** Names of compose's services (compose-spec, services). */
    static final String SERVICE = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

    static final String CONTAINER = "[0-9a-f]+";

    private static final Duration ANY = Duration.ofMinutes(1);

    private StackRights() {}

    static List<Stack> on(Contracts contracts, AssetId host) {
        return contracts.assets().values().stream()
                .filter(Stack.class::isInstance)
                .map(Stack.class::cast)
                .filter(stack -> stack.runsOn().equals(host))
                .toList();
    }

    /** As sudoers(5) has them, without the user; empty where nothing goes through sudo. */
    static List<String> rules(Contracts contracts, AssetId host) {
        return on(contracts, host).stream()
                .filter(stack -> stack.ssh().sudo())
                .flatMap(stack -> rules(contracts, ComposeCommands.of(stack)).stream())
                .distinct()
                .toList();
    }

    private static List<String> rules(Contracts contracts, ComposeCommands compose) {
        List<String> rules = new ArrayList<>(List.of(
                compose.ps().sudoersRule(),
                compose.services().sudoersRule(),
                compose.stop(ANY, ANY).sudoersRule(),
                compose.down(ANY, ANY).sudoersRule(),
                compose.up(ANY, ANY).sudoersRule(),
                compose.clear(List.of(), ANY).sudoersRuleWithMore(SERVICE)));
        if (asksPolicies(contracts)) {
            rules.add(compose.ids().sudoersRule());
            rules.add(compose.policies(List.of()).sudoersRuleWithMore(CONTAINER));
        }
        return rules;
    }

    private static boolean asksPolicies(Contracts contracts) {
        return contracts.standard().controls().stream()
                .anyMatch(control -> control.probe().ask() == Control.Ask.RESTART_POLICIES);
    }
}
