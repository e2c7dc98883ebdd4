package io.ridethrough.lab.host;

import java.util.concurrent.CompletableFuture;

/** What a command leaves behind: exit code, standard output, standard error. */
record Reply(int exit, String out, String err) {
    static Reply ok() {
        return new Reply(0, "", "");
    }

    static Reply ok(String out) {
        return new Reply(0, out.isEmpty() || out.endsWith("\n") ? out : out + "\n", "");
    }

    static Reply failed(int exit, String err) {
        return new Reply(exit, "", err + "\n");
    }

    /** This after {@code earlier}, as a shell list prints them. */
    Reply after(Reply earlier) {
        return new Reply(exit, earlier.out + out, earlier.err + err);
    }

    CompletableFuture<Reply> now() {
        return CompletableFuture.completedFuture(this);
    }
}
