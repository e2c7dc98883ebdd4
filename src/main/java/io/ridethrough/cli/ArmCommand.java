package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a site act on power and schedules, or only watch. */
@Command(
        name = "arm",
        description =
                "Lets a site act on power and schedules, once exactly its contracts were rehearsed; with --off it only"
                        + " watches again.")
final class ArmCommand implements Callable<Integer> {
    /** One of them, or none. */
    static final class How {
        @Option(names = "--off", description = "Watch again.")
        private boolean off;

        @Option(
                names = "--waive-rehearsal",
                paramLabel = "REASON",
                description = "Arm without a passed rehearsal; the reason goes on record and stands in status.")
        private @Nullable String waiver;
    }

    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "SITE", description = "The site.")
    private String site = "";

    @ArgGroup
    private How how = new How();

    @Override
    public Integer call() {
        ObjectNode asked = JsonNodeFactory.instance.objectNode().put("readiness", how.off ? "watching" : "armed");
        if (how.waiver != null) {
            asked.put("waive-rehearsal", how.waiver);
        }
        ServiceClient client = installation.client();
        String at = "sites/" + ServiceClient.segment(site);
        JsonNode armed = client.post(at + "/readiness", asked).orRefusal();
        System.out.println(site + " is " + armed.path("readiness").asText() + ".");
        if (!how.off) {
            if (armed.path("arming").has("waived")) {
                System.out.println("The rehearsal was waived: "
                        + armed.path("arming").path("waived").asText());
            }
            ServiceClient.Answer forecast = client.get(at + "/forecast");
            if (forecast.well()) {
                System.out.println("What it does from now on:");
                System.out.print(ForecastText.render(forecast.json()));
            }
            NextCommand.after("arm", site);
        }
        return Exit.WELL;
    }
}
