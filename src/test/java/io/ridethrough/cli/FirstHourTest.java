package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.WiringFile;
import io.ridethrough.lab.host.Condition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first hour of somebody who knows the addresses of a site and nothing of this product: what is typed, what is
 * edited, and what answers, as a transcript. The lab stands for the site; all that is asked is asked over its sockets.
 */
final class FirstHourTest {
    /** A slow typist's ten minutes: 20 words of 5 characters a minute. */
    private static final int IN_TEN_MINUTES = 1_000;

    private static final int LINES = 15;
    private static final String DISCOVER = "site discover home --proxmox https://10.0.0.179:8006 --nut 10.0.0.150"
            + " --unifi https://10.0.0.1 --dsm https://10.0.0.150:5001"
            + " --home-assistant https://10.0.0.100:8123";

    @TempDir
    Path folder;

    private final List<String> transcript = new ArrayList<>();
    private int characters;
    private int edits;

    @SuppressWarnings("NullAway.Init")
    private LabWorld world;

    @SuppressWarnings("NullAway.Init")
    private Path wiring;

    @SuppressWarnings("NullAway.Init")
    private Path contracts;

    @BeforeEach
    void aSiteWithEveryInterface() throws Exception {
        String controllers = "controllers:\n  - {runs-on: udr-home, form: unifi-os, classic-secret: classic/home}\n";
        String nut = "    nut: {host: 10.0.0.150, port: 3493, name: ups}\n";
        Path there = ChangedFolder.of(Path.of("contracts"), folder.resolve("there"))
                .replace("sites/home/nodes.yaml", "    mounts:\n", "    api: {}\n    mounts:\n")
                .replace("sites/home/storage.yaml", "    reached-through:", "    api: {}\n    reached-through:")
                .replace("sites/home/home-assistant.yaml", "http://10.0.0.100", "https://10.0.0.100")
                .replace("sites/home/network.yaml", "devices:\n", controllers + "devices:\n")
                .replace("sites/home/power.yaml", "    mqtt:\n", nut + "    mqtt:\n")
                .path();
        world = new LabWithService(folder, there, 1).world();
        wiring = WiringFile.write(world.wiring(), folder.resolve("wiring.json"));
        contracts = Files.createDirectories(folder.resolve("contracts"));
    }

    @AfterEach
    void gone() {
        world.close();
    }

    @Test
    void fromDiscoverToAForecastInTenMinutesOfTypingAndLaterExactlyTheDriftIsShown() throws Exception {
        Typed found = typed(DISCOVER);
        assertThat(found.code()).as(found.err()).isEqualTo(Exit.WELL);
        assertThat(typed("check", contracts).code()).isEqualTo(Exit.WELL);
        edited("site.yaml", "power-off: false", "power-off: true");
        edited("site.yaml", "time-zone: .*", "time-zone: America/New_York");
        edited("nodes.yaml", "version: 8.4.1", "version: 8.4.1\n    boot: 90s");
        Typed checked = typed("check", contracts);
        assertThat(checked.out()).contains("1 nodes, 2 guests, 0 stacks, 1 NAS", "Next: ridethrough forecast home");
        forecast();

        Typed again = typed(DISCOVER);
        assertThat(again.out()).contains("No drift");
        world.amiss(AssetId.parse("home/pihole-home"), Condition.ONBOOT_TURNED, true);
        Typed drifted = typed(DISCOVER);
        assertThat(drifted.code()).isEqualTo(Exit.INCOMPLETE);
        assertThat(drifted.out()).hasLineCount(2).contains("guest 105: onboot is declared true, seen false");

        transcript.forEach(System.out::println);
        System.out.println(characters + " characters typed, " + edits + " lines edited");
        assertThat(characters).isLessThan(IN_TEN_MINUTES);
        assertThat(edits).isLessThanOrEqualTo(LINES);
    }

    /** The same without any token: a login at the node's command line is enough for what runs on it. */
    @Test
    void aLoginAtANodeShowsWhatItsInterfaceShows() throws Exception {
        Typed byApi = typed("site discover home --proxmox https://10.0.0.179:8006");
        assertThat(byApi.code()).as(byApi.err()).isEqualTo(Exit.WELL);
        String guests = Files.readString(contracts.resolve("sites/home/guests.yaml"));
        contracts = Files.createDirectories(folder.resolve("others"));

        Typed byLogin = typed("site discover home --ssh root@10.0.0.179");

        assertThat(byLogin.code()).as(byLogin.err()).isEqualTo(Exit.WELL);
        assertThat(contracts.resolve("sites/home/guests.yaml")).hasContent(guests);
        assertThat(Files.readString(contracts.resolve("sites/home/nodes.yaml")))
                .contains("user: root", "mounts:")
                .doesNotContain("\n    api:");
        assertThat(typed("check", contracts).code()).isEqualTo(Exit.WELL);
    }

    @Test
    void whoDoesNotTellIsNamedAndNothingIsWritten() {
        Typed nobody = typed("site discover home --ssh root@10.0.0.77");

        assertThat(nobody.code()).isEqualTo(Exit.REFUSED);
        assertThat(nobody.err())
                .contains("ssh://root@10.0.0.77 does not tell", "Nothing was changed.")
                .doesNotContain("\tat ");
        assertThat(contracts).isEmptyDirectory();
    }

    private void forecast() throws IOException {
        LabWithService own = new LabWithService(folder.resolve("own"), contracts, 1);
        try (Service service = own.service(world)) {
            Path config = Files.writeString(
                    folder.resolve("ridethrough.properties"),
                    Files.readString(Path.of("application.properties"))
                            + "\nridethrough.home = " + folder.resolve("own/home")
                            + "\nridethrough.contracts = " + contracts
                            + "\nridethrough.http.port = "
                            + URI.create(service.address()).getPort() + "\n");
            Typed forecast = typed("forecast home", "--config", config);
            assertThat(forecast.code()).as(forecast.err()).isEqualTo(Exit.WELL);
            assertThat(forecast.out())
                    .contains("power off home/proxmox-home", "power off home/store", "nothing would be lost")
                    .contains("Next: ridethrough rehearse home");
        }
    }

    private void edited(String file, String old, String by) throws IOException {
        Path path = contracts.resolve("sites/home/" + file);
        String before = Files.readString(path);
        String after = before.replaceFirst(old, by);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(path, after);
        String last = by.substring(by.lastIndexOf('\n') + 1).strip();
        characters += last.length() + 1;
        edits++;
        transcript.add("(" + file + ": " + last + ")");
    }

    private Typed typed(String line, Object... more) {
        characters += line.length() + 1;
        List<Object> words = new ArrayList<>(List.of((Object[]) line.split(" ", -1)));
        if (line.startsWith("site discover")) {
            words.addAll(List.of("--contracts", contracts, "--lab-world", wiring));
        }
        words.addAll(List.of(more));
        Typed said = Typed.of(words.toArray());
        transcript.add("$ ridethrough " + line);
        transcript.add((said.out() + said.err()).strip());
        return said;
    }
}
