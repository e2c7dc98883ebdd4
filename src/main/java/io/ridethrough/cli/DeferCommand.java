package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A person's word about an outage: not yet. */
@Command(
        name = "defer",
        description = "Puts the shutdown of an outage off by what power.yaml offers, never beyond its latest start.")
final class DeferCommand extends WordWithReason {
    @Parameters(paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Override
    String path() {
        return "sites/" + ServiceClient.segment(site) + "/outage";
    }

    @Override
    ObjectNode said(ObjectNode body) {
        return body.put("word", "defer");
    }

    @Override
    String taken() {
        return site + ": its shutdown is put off; status tells until when.";
    }
}
