package io.ridethrough.target;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.CommandResult.Exited;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Hosts that answer commands by a script. A command that no script knows ends as the real shell's 127. */
public final class FakeShell implements Shell {
    private final Map<String, Supplier<CommandResult>> script = new LinkedHashMap<>();
    private final Map<AssetId, CommandResult> down = new LinkedHashMap<>();
    private final List<RemoteCommand> sent = new ArrayList<>();

    /** Commands that begin so are answered so, on every host. */
    public FakeShell on(String begin, CommandResult answer) {
        script.put(begin, () -> answer);
        return this;
    }

    public FakeShell on(String begin, Supplier<CommandResult> answer) {
        script.put(begin, answer);
        return this;
    }

    public FakeShell prints(String begin, String out) {
        return on(begin, new Exited(0, out, ""));
    }

    public FakeShell fails(String begin, int code, String err) {
        return on(begin, new Exited(code, "", err));
    }

    /** Nothing reaches that host any more. */
    public FakeShell down(AssetId host) {
        down.put(host, new CommandResult.Undelivered(CommandResult.Cause.UNREACHABLE, "no route to host"));
        return this;
    }

    public void up(AssetId host) {
        down.remove(host);
    }

    /** What was sent, as plain words. */
    public List<String> sent() {
        return sent.stream().map(c -> String.join(" ", c.arguments())).toList();
    }

    public List<RemoteCommand> commands() {
        return List.copyOf(sent);
    }

    @Override
    public CompletionStage<CommandResult> run(AssetId host, RemoteCommand command) {
        String words = String.join(" ", command.arguments());
        sent.add(command);
        if (down.containsKey(host)) {
            return CompletableFuture.completedFuture(down.get(host));
        }
        return CompletableFuture.completedFuture(script.entrySet().stream()
                .filter(e -> words.startsWith(e.getKey()))
                .map(e -> e.getValue().get())
                .findFirst()
                .orElseGet(() ->
                        new Exited(127, "", "sh: 1: " + command.arguments().get(0) + ": not found")));
    }
}
