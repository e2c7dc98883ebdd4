package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What would happen if power failed now. */
@Command(
        name = "forecast",
        description = "What would happen if power failed now: what goes when, what would be lost, what to shed.")
final class ForecastCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        JsonNode forecast = installation
                .client()
                .get("sites/" + ServiceClient.segment(site) + "/forecast")
                .orRefusal();
        System.out.print(json ? forecast + "\n" : ForecastText.render(forecast));
        if (!json) {
            NextCommand.after("forecast", site);
        }
        return Exit.WELL;
    }
}
