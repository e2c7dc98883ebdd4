package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A person's word to the service that is recorded with its reason. */
abstract class WordWithReason implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Option(names = "--reason", required = true, description = "Why, for the record.")
    private String reason = "";

    /** Where the word goes, below the API's root. */
    abstract String path();

    /** What is true once the service has taken it. */
    abstract String taken();

    /** What else the word says. */
    ObjectNode said(ObjectNode body) {
        return body;
    }

    @Override
    public final Integer call() {
        installation
                .client()
                .post(path(), said(JsonNodeFactory.instance.objectNode().put("reason", reason)))
                .orRefusal();
        System.out.println(taken());
        return Exit.WELL;
    }
}
