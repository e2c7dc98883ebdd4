package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A person's word about an outage: now. */
@Command(name = "begin-now", description = "Has the shutdown of an outage begin now, whatever it still waits for.")
final class BeginNowCommand extends WordWithReason {
    @Parameters(paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Override
    String path() {
        return "sites/" + ServiceClient.segment(site) + "/outage";
    }

    @Override
    ObjectNode said(ObjectNode body) {
        return body.put("word", "begin-now");
    }

    @Override
    String taken() {
        return site + ": its shutdown begins now.";
    }
}
