package io.ridethrough.target.probe;

import io.ridethrough.contract.Probe;
import io.ridethrough.target.Pace;
import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.tcp.Knock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks a declared question once. Never fails; completes within the limit. Thread-safe. */
public final class Probes {
    private final Shell shell;
    private final Knock knock;
    private final HttpAsk http;
    private final NameQuery names;
    private final Pace time;

    public Probes(Shell shell, Knock knock, HttpAsk http, NameQuery names, Pace time) {
        this.shell = shell;
        this.knock = knock;
        this.http = http;
        this.names = names;
        this.time = time;
    }

    /** One attempt. */
    public CompletionStage<ProbeAnswer> ask(Probe probe, Duration limit) {
        CompletableFuture<ProbeAnswer> answer = new CompletableFuture<>();
        once(probe, limit)
                .whenComplete((told, trouble) ->
                        answer.complete(told != null ? told : ProbeAnswer.unseen(Said.line(String.valueOf(trouble)))));
        time.after(limit)
                .thenRun(() -> answer.complete(ProbeAnswer.unseen("no answer in " + limit.toMillis() + " ms")));
        return answer;
    }

    private CompletionStage<ProbeAnswer> once(Probe probe, Duration limit) {
        if (probe instanceof Probe.Http asked) {
            return http.get(asked.url()).thenApply(told -> judged(told, asked.expect()));
        }
        if (probe instanceof Probe.Tcp asked) {
            return knock.knock(asked.host(), asked.port(), limit).thenApply(Probes::judged);
        }
        if (probe instanceof Probe.Dns asked) {
            return names.ask(asked.server(), asked.port(), asked.name(), limit);
        }
        Probe.Command asked = (Probe.Command) probe;
        List<String> words = asked.command();
        return shell.run(asked.on(), new RemoteCommand(words, limit, RemoteCommand.Lane.LOOK))
                .thenApply(Probes::judged);
    }

    private static ProbeAnswer judged(HttpAsk.Told told, Set<Integer> expect) {
        if (told instanceof HttpAsk.Told.Status status) {
            return expect.contains(status.code())
                    ? ProbeAnswer.well("HTTP " + status.code())
                    : ProbeAnswer.unwell("HTTP " + status.code() + ", not " + new java.util.TreeSet<>(expect));
        }
        return told instanceof HttpAsk.Told.Refused refused
                ? ProbeAnswer.unwell(refused.why())
                : ProbeAnswer.unseen(((HttpAsk.Told.Silent) told).why());
    }

    private static ProbeAnswer judged(Knock.Heard heard) {
        return switch (heard.sign()) {
            case ACCEPTED -> ProbeAnswer.well("accepts connections");
            case REFUSED -> ProbeAnswer.unwell("refuses connections");
            case UNANSWERED, BLIND -> ProbeAnswer.unseen(heard.why());
        };
    }

    private static ProbeAnswer judged(CommandResult result) {
        if (result instanceof CommandResult.Exited exited) {
            return exited.code() == 0 ? ProbeAnswer.well("exit 0") : ProbeAnswer.unwell(Said.by(result));
        }
        return ProbeAnswer.unseen(Said.by(result));
    }
}
