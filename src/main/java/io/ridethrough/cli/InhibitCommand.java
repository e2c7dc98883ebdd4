package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has an armed site act on nothing for a while. */
@Command(
        name = "inhibit",
        description = "An armed site acts on nothing for a while, at most 24 h, then arms itself; arm ends it earlier.")
final class InhibitCommand extends WordWithReason {
    @Parameters(paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Option(names = "--for", required = true, paramLabel = "TIME", description = "How long, for example 30m or 2h.")
    private String lasts = "";

    @Override
    String path() {
        return "sites/" + ServiceClient.segment(site) + "/inhibit";
    }

    @Override
    ObjectNode said(ObjectNode body) {
        return body.put("for", lasts);
    }

    @Override
    String taken() {
        return site + " acts on nothing for " + lasts + ", then it is armed again.";
    }
}
