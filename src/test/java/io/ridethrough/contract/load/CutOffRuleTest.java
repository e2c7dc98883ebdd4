package io.ridethrough.contract.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Ups;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R35, where it is declared. */
class CutOffRuleTest {
    private static final String LOGIN = "    nut: {host: 192.0.2.5, secret: nut/attic}\n";

    @Test
    void readsWhenAUpsCutsItsLoad() {
        Contracts contracts = ((Loaded.Ok) attic(LOGIN, "4m").load()).contracts();

        assertThat(contracts.sites().values().iterator().next().power().upses())
                .extracting(Ups::cutOff)
                .containsExactly(java.util.Optional.of(Duration.ofMinutes(4)));
    }

    @Test
    void refusesADelayThatIsShorterThanAPowerOffOfWhatItFeeds() {
        assertThat(errors(attic(LOGIN, "2m")))
                .containsExactly("contracts/sites/attic/power.yaml:8: the load is cut after 120s, and NAS \"nas\""
                        + " may take 180s to power off; make the delay longer (R35)");
    }

    @Test
    void refusesADelayAfterWhichAStartupMayHaveBegun() {
        assertThat(errors(attic(LOGIN, "5m")))
                .singleElement()
                .asString()
                .contains("when a startup may have begun: return-hold is 300s");
    }

    @Test
    void refusesAUpsThatCannotBeToldOrNotToTheLast() {
        assertThat(errors(attic("    nut: {host: 192.0.2.5}\n", "4m")))
                .singleElement()
                .asString()
                .contains("can only be told to cut its load through its NUT server, with a login");
        assertThat(errors(attic("", "4m"))).singleElement().asString().contains("with a login");
        assertThat(errors(attic("    nut: {host: 192.0.2.50, secret: nut/attic}\n", "4m")))
                .singleElement()
                .asString()
                .contains("its NUT server stands on NAS \"nas\", which is down by then");
    }

    private static ChangedAttic attic(String nut, String delay) {
        return new ChangedAttic()
                .replace("power", "    mqtt:\n", nut + "    cut-off: {delay: " + delay + "}\n    mqtt:\n");
    }

    private static List<String> errors(ChangedAttic attic) {
        Loaded loaded = attic.load();
        assertThat(loaded).isInstanceOf(Loaded.Bad.class);
        return loaded.diagnostics().stream()
                .filter(one -> one.severity() == Diagnostic.Severity.ERROR)
                .map(one -> one.file() + ":" + one.line() + ": " + one.what() + "; " + one.toDo())
                .toList();
    }
}
