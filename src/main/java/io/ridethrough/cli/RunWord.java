package io.ridethrough.cli;

import picocli.CommandLine.Parameters;

/** A person's word about one open run. */
abstract class RunWord extends WordWithReason {
    @Parameters(paramLabel = "RUN", description = "The run, as status names it.")
    private String run = "";

    private final String word;
    private final String effect;

    /**
     * @param word the last part of the path below the run
     * @param effect what the run does from then on
     */
    RunWord(String word, String effect) {
        this.word = word;
        this.effect = effect;
    }

    @Override
    final String path() {
        return "runs/" + ServiceClient.segment(run) + "/" + word;
    }

    @Override
    final String taken() {
        return "Run " + run + " " + effect + ".";
    }
}
