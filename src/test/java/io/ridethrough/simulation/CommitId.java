package io.ridethrough.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The commit that is built, so that every commit plays other seeds than the one before. */
public final class CommitId {
    private CommitId() {}

    /** A number of at most nine digits; 0 outside of a repository. */
    public static long number() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "HEAD")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String id = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return id.length() < 7 ? 0 : Long.parseLong(id.substring(0, 7), 16) * 3;
        } catch (IOException e) {
            return 0;
        }
    }
}
