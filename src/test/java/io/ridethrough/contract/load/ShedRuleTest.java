package io.ridethrough.contract.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Power;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** R11, where it is declared: cameras need media, and everything needs the name server. */
class ShedRuleTest {
    @Test
    void readsWhatIsShedAndWhen() {
        Loaded.Ok loaded = (Loaded.Ok)
                attic("  - {id: eyes, guests: [cameras]}\n  - {id: films, guests: [media], after: 2m, below: 9m}\n")
                        .load();

        assertThat(loaded.contracts().sites().values().iterator().next().power().shed())
                .containsExactly(
                        new Power.Shed("eyes", Set.of(id("cameras")), Duration.ofSeconds(60), Optional.empty()),
                        new Power.Shed(
                                "films",
                                Set.of(id("media")),
                                Duration.ofMinutes(2),
                                Optional.of(Duration.ofMinutes(9))));
    }

    @Test
    void refusesToShedWhatSomethingElseNeeds() {
        assertThat(errors("  - {id: films, guests: [media]}\n  - {id: eyes, guests: [cameras]}\n"))
                .containsExactly(
                        "contracts/sites/attic/power.yaml:21: \"media\" cannot be shed: guest attic/cameras needs it"
                                + " and stays up; shed what needs it in the same group or before, or leave it out");
        assertThat(errors("  - {id: films, guests: [media, cameras]}\n")).isEmpty();
    }

    @Test
    void refusesToShedWhatCarriesAStackThatSomethingElseNeeds() {
        ChangedAttic attic = attic("  - {id: pages, guests: [web]}\n")
                .replace("guests", "needs: [core, media]", "needs: [core, media, wiki]");

        assertThat(errors(attic))
                .singleElement()
                .asString()
                .contains("\"web\" cannot be shed: guest attic/cameras needs it and stays up");
    }

    @Test
    void refusesToShedWhatTellsOfThePower() {
        ChangedAttic attic = attic("  - {id: eyes, guests: [cameras, media]}\n")
                .replace("power", "tcp://192.0.2.5:1883", "tcp://192.0.2.21:1883");

        assertThat(errors(attic))
                .singleElement()
                .asString()
                .contains("\"media\" cannot be shed: the readings of a UPS come through it");
    }

    @Test
    void refusesToShedTheHomeAssistantThatTellsOfThePower() {
        ChangedAttic attic = attic("  - {id: films, guests: [cameras, media]}\n")
                .replace(
                        "home-assistant",
                        "none: no Home Assistant in the attic",
                        "home-assistant: {guest: media, url: \"https://192.0.2.21:8123\"}")
                .replace(
                        "power",
                        """
                            mqtt:
                              broker: tcp://192.0.2.5:1883
                              secret: mqtt/attic
                              format: variables
                              topic: ups/attic/{variable}
                              publishes: every 5s
                        """,
                        "    home-assistant: {entities: {status: sensor.ups_status_data, charge: sensor.ups_battery_charge}}\n");

        assertThat(errors(attic))
                .singleElement()
                .asString()
                .contains("\"media\" cannot be shed: the readings of a UPS come through it");
    }

    @Test
    void refusesToShedTheNameServiceOrTheOrchestratorOrAnyGuestTwice() {
        assertThat(errors("  - {id: names, guests: [cameras, media, web, dns]}\n"))
                .singleElement()
                .asString()
                .contains("\"dns\" cannot be shed: it is the name service of the site");
        assertThat(errors("  - {id: eyes, guests: [cameras]}\n  - {id: films, guests: [media, cameras]}\n"))
                .singleElement()
                .asString()
                .contains("\"cameras\" is shed twice; leave it in the first group");
    }

    @Test
    void refusesWhatIsNoGuest() {
        assertThat(errors("  - {id: iron, guests: [pve1]}\n"))
                .singleElement()
                .asString()
                .contains("pve1");
    }

    private static AssetId id(String name) {
        return AssetId.parse("attic/" + name);
    }

    private static ChangedAttic attic(String groups) {
        return new ChangedAttic().replace("power", "policy:\n", "shed:\n" + groups + "policy:\n");
    }

    private static List<String> errors(String groups) {
        return errors(attic(groups));
    }

    private static List<String> errors(ChangedAttic attic) {
        return attic.load().diagnostics().stream()
                .filter(one -> one.severity() == Diagnostic.Severity.ERROR)
                .map(one -> one.file() + ":" + one.line() + ": " + one.what() + "; " + one.toDo())
                .toList();
    }
}
