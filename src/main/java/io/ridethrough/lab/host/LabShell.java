package io.ridethrough.lab.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The shell of every simulated machine: reads a command line, unwraps {@code timeout sudo nohup sh -c ...}, asks the families. */
public final class LabShell {
    /** Some commands that belong together; empty when the command is not one of them. */
    interface Family {
        Optional<CompletableFuture<Reply>> answer(Call call);
    }

    private final LabModel model;
    private final LabTimers timers;
    private final List<Family> families;

    public LabShell(LabModel model) {
        this.model = model;
        timers = new LabTimers(model);
        families = List.of(
                timers,
                new PostureCommands(model),
                new SecretNameCommands(model),
                new BackupCommands(model),
                new ProxmoxCommands(model),
                new ClusterCommands(model),
                new PowerCommands(model),
                new AlarmCommands(model),
                new ComposeCommands(model),
                new HealthCommands(model),
                new SystemCommands(model));
    }

    /** Runs {@code line} for {@code user} on {@code machine}; a hung machine never answers. */
    CompletableFuture<Reply> run(Machine machine, String user, String line) {
        model.told
                .computeIfAbsent(machine.id(), id -> ConcurrentHashMap.newKeySet())
                .add(line);
        if (model.faults.hangs(machine.id()) && model.host(machine.id()).isPresent()) {
            model.events.note(machine.id(), "sshd", "exec", line, "timeout");
            return new CompletableFuture<>();
        }
        return list(machine, user.equals("root"), line);
    }

    private CompletableFuture<Reply> list(Machine machine, boolean root, String line) {
        List<ShellWords.Command> commands;
        try {
            commands = ShellWords.parse(line);
        } catch (IllegalArgumentException e) {
            return Reply.failed(2, "bash: -c: " + e.getMessage()).now();
        }
        return list(machine, root, commands, Reply.ok());
    }

    private CompletableFuture<Reply> list(
            Machine machine, boolean root, List<ShellWords.Command> commands, Reply sofar) {
        if (commands.isEmpty()) {
            return sofar.now();
        }
        ShellWords.Command first = commands.get(0);
        List<String> words = first.words().stream()
                .map(word -> word.replace(ShellWords.LAST_EXIT, Integer.toString(sofar.exit())))
                .toList();
        CompletableFuture<Reply> reply = simple(new Call(machine, words, root));
        List<ShellWords.Command> rest = commands.subList(1, commands.size());
        if (first.then().equals("&")) {
            return list(machine, root, rest, Reply.ok().after(sofar));
        }
        return reply.thenCompose(answer -> {
            Reply heard = first.silent() ? new Reply(answer.exit(), "", answer.err()) : answer;
            boolean goOn =
                    switch (first.then()) {
                        case "&&" -> answer.exit() == 0;
                        case "||" -> answer.exit() != 0;
                        default -> true;
                    };
            return list(machine, root, goOn ? rest : afterNextList(rest), heard.after(sofar));
        });
    }

    private static List<ShellWords.Command> afterNextList(List<ShellWords.Command> rest) {
        int i = 0;
        while (i < rest.size() && !rest.get(i).then().equals(";")) {
            i++;
        }
        return rest.subList(Math.min(i + 1, rest.size()), rest.size());
    }

    private CompletableFuture<Reply> simple(Call call) {
        return switch (call.name()) {
            case "sudo" ->
                call.word(1).equals("-l")
                        ? Reply.ok("/usr/bin/" + String.join(" ", behind(call, 1, List.of())) + "\n")
                                .now()
                        : simple(call.as(behind(call, 1, List.of("-u", "-g")), true));
            case "command" ->
                call.word(1).equals("-v") ? isThere(call) : simple(call.as(behind(call, 1, List.of()), call.root()));
            case "nohup", "exec" -> simple(call.as(behind(call, 1, List.of()), call.root()));
            case "env" ->
                simple(call.as(
                        behind(call, 1, List.of()).stream()
                                .dropWhile(word -> word.matches("[A-Z_]+=.*"))
                                .toList(),
                        call.root()));
            case "setsid" -> setsid(call);
            case "sh", "bash" -> list(call.on(), call.root(), shellText(call));
            case "timeout" -> timeout(call);
            case "systemd-run" -> systemdRun(call);
            case "sleep" -> sleep(call);
            default -> ask(call);
        };
    }

    /** POSIX, command -v: where the program is, or nothing and an exit above 0. */
    private CompletableFuture<Reply> isThere(Call call) {
        return (model.conditions(call.on().id()).contains(Condition.NO_WAKEONLAN)
                        ? Reply.failed(127, "")
                        : Reply.ok("/usr/bin/" + call.word(2)))
                .now();
    }

    private static String shellText(Call call) {
        return call.words().get(call.words().size() - 1);
    }

    private CompletableFuture<Reply> ask(Call call) {
        for (Family family : families) {
            Optional<CompletableFuture<Reply>> reply = family.answer(call);
            if (reply.isPresent()) {
                return reply.get();
            }
        }
        model.events.note(call.on().id(), call.name(), call.word(1), "-", "refused");
        return Reply.failed(127, "bash: line 1: " + call.words().get(0) + ": command not found")
                .now();
    }

    private CompletableFuture<Reply> setsid(Call call) {
        CompletableFuture<Reply> reply = simple(call.as(behind(call, 1, List.of()), call.root()));
        return call.has("-f") || call.has("--fork") ? Reply.ok().now() : reply;
    }

    /** GNU timeout: 124 when the time is over and the command was told to end. */
    private CompletableFuture<Reply> timeout(Call call) {
        List<String> behind = behind(call, 1, List.of("-k", "--kill-after", "-s", "--signal"));
        Duration limit = seconds(behind.get(0));
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        var unused =
                simple(call.as(behind.subList(1, behind.size()), call.root())).thenAccept(reply::complete);
        if (!limit.isZero() && !reply.isDone()) {
            model.clock.after(limit, () -> {
                if (reply.complete(new Reply(124, "", ""))) {
                    model.events.note(call.on().id(), "timeout", behind.get(1), behind.get(0), "timeout");
                }
            });
        }
        return reply;
    }

    private CompletableFuture<Reply> systemdRun(Call call) {
        List<String> behind = behind(call, 1, List.of("-p", "--property", "-u"));
        Call later = call.as(behind, call.root());
        Duration delay = call.option("--on-active").map(LabShell::seconds).orElse(Duration.ZERO);
        return timers.start(call, delay, () -> {
                    var unused = simple(later);
                })
                .now();
    }

    private CompletableFuture<Reply> sleep(Call call) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        model.clock.after(seconds(call.word(1)), () -> reply.complete(Reply.ok()));
        return reply;
    }

    /** The words behind the flags that begin at {@code from}; {@code valued} flags take the next word along. */
    private static List<String> behind(Call call, int from, List<String> valued) {
        int i = from;
        while (i < call.words().size()
                && (call.words().get(i).startsWith("-") || call.words().get(i).matches("[A-Z_]+=.*"))) {
            String flag = call.words().get(i++);
            if (flag.equals("--")) {
                break;
            }
            if (valued.contains(flag)) {
                i++;
            }
        }
        return i < call.words().size() ? call.words().subList(i, call.words().size()) : List.of("true");
    }

    private static Duration seconds(String text) {
        double unit = text.endsWith("m") ? 60 : text.endsWith("ms") ? 0.001 : text.endsWith("h") ? 3600 : 1;
        String number = text.replaceAll("[a-z]+$", "");
        return Duration.ofNanos((long) (Double.parseDouble(number) * unit * 1e9));
    }
}
