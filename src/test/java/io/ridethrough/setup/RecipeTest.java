package io.ridethrough.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import io.ridethrough.target.FakeHttps;
import io.ridethrough.target.Secret;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.api.ApiWay;
import io.ridethrough.target.way.Told;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code setup} prints for the API of a node, as a node would take it. */
class RecipeTest {
    private static final AssetId NODE = AssetId.parse("attic/pve1");
    private static final String USER = "-user ridethrough@pve";
    private static final String TOKEN = "-token 'ridethrough@pve!control'";
    private static final Pattern ROLE = Pattern.compile("pveum role add (\\S+) -privs \"(.*)\"");
    private static final Pattern ACL = Pattern.compile("pveum acl modify (\\S+) (.*) -role (\\S+)( -propagate 0)?");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesEveryRightThatReadyToActAsksForWithAClusterAndWithout(boolean clustered) {
        Contracts contracts = clustered ? FakeContracts.atticClusteredWithApi() : FakeContracts.atticWithApi();
        Node node = (Node) contracts.asset(NODE).orElseThrow();
        FakeHttps https = new FakeHttps()
                .data("GET /api2/json/version", "{\"version\":\"" + node.version() + "\"}")
                .data(
                        "GET /api2/json/access/permissions",
                        held(lines(contracts)).toString());
        VirtualTime time = new VirtualTime();

        Told told = time.until(new ApiWay(https, name -> Secret.of("id=secret"), time)
                .ask(node, new NodeAsk.Rights(guests(contracts))));

        assertThat(told).isEqualTo(new Told.Done("logs in and holds every right that is needed"));
    }

    /** Protocols 1.1: with privsep a right counts that both of them have. */
    @Test
    void givesTheTokenWhatItGivesItsUser() {
        List<String> acl = lines(FakeContracts.atticWithApi()).stream()
                .filter(line -> line.contains("pveum acl"))
                .toList();

        assertThat(acl.stream().filter(line -> line.contains(USER)).map(line -> line.replace(USER, TOKEN)))
                .isNotEmpty()
                .containsExactlyElementsOf(
                        acl.stream().filter(line -> line.contains(TOKEN)).toList());
    }

    /** What is seen of the root is nothing of all that is below it. */
    @Test
    void handsNothingDownFromTheRoot() {
        assertThat(lines(FakeContracts.atticWithApi()))
                .filteredOn(line -> line.startsWith("pveum acl modify / "))
                .hasSize(2)
                .allMatch(line -> line.endsWith(" -propagate 0"));
    }

    private static List<String> lines(Contracts contracts) {
        return Recipe.of(contracts, NODE, "secrets").orElseThrow();
    }

    private static Map<Integer, Guest.Form> guests(Contracts contracts) {
        return Objects.requireNonNull(contracts.sites().get(NODE.site())).guests().stream()
                .filter(guest -> guest.runsOn().equals(NODE))
                .collect(Collectors.toMap(Guest::vmid, Guest::form));
    }

    /** As {@code /access/permissions} tells it: the number says whether a privilege counts below its path too. */
    private static ObjectNode held(List<String> lines) {
        Map<String, List<String>> roles = lines.stream()
                .flatMap(line -> ROLE.matcher(line).results())
                .collect(Collectors.toMap(
                        role -> role.group(1), role -> List.of(role.group(2).split(" ", -1))));
        ObjectNode held = JsonNodeFactory.instance.objectNode();
        for (MatchResult acl : lines.stream()
                .filter(line -> line.contains(TOKEN))
                .flatMap(line -> ACL.matcher(line).results())
                .toList()) {
            ObjectNode at = held.withObject("/" + acl.group(1).replace("/", "~1"));
            Objects.requireNonNull(roles.get(acl.group(3)))
                    .forEach(privilege -> at.put(privilege, acl.group(4) == null ? 1 : 0));
        }
        return held;
    }
}
