package io.ridethrough.lab.host;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** {@code docker compose} on a machine that carries stacks (protocols 9). */
final class ComposeCommands implements LabShell.Family {
    private final LabModel model;

    ComposeCommands(LabModel model) {
        this.model = model;
    }

    @Override
    public Optional<CompletableFuture<Reply>> answer(Call call) {
        List<LabStack> here = model.stacksOn(call.on().id());
        if (!call.name().equals("docker") || here.isEmpty()) {
            return Optional.empty();
        }
        if (!call.on().isUp()) {
            return Optional.of(
                    Reply.failed(1, "Cannot connect to the Docker daemon").now());
        }
        if (call.word(1).equals("inspect")) {
            return Optional.of(Reply.ok(here.stream()
                            .map(stack -> stack.policies(call.words()))
                            .collect(Collectors.joining()))
                    .now());
        }
        if (!call.word(1).equals("compose")) {
            model.events.note(call.on().id(), "docker", call.word(1), "-", "call");
            return Optional.of(
                    Reply.ok(here.stream().map(s -> s.ps(call.has("-a"))).collect(Collectors.joining()))
                            .now());
        }
        return Optional.of(compose(call, here));
    }

    private CompletableFuture<Reply> compose(Call call, List<LabStack> here) {
        Optional<String> project = call.option("-p", "--project-name");
        Optional<String> path = call.option("--project-directory")
                .or(() -> call.option("-f", "--file").map(f -> f.substring(0, Math.max(0, f.lastIndexOf('/')))));
        Optional<LabStack> stack = here.stream()
                .filter(s ->
                        project.isEmpty() || project.get().equals(s.declared().project()))
                .filter(s -> path.isEmpty() || path.get().equals(s.declared().path()))
                .filter(s -> project.isPresent() || path.isPresent())
                .findFirst();
        if (stack.isEmpty()) {
            model.events.note(
                    call.on().id(), "compose", "-", project.or(() -> path).orElse("-"), "refused");
            return Reply.failed(14, "no configuration file provided: not found").now();
        }
        String verb = call.words().stream()
                .filter(List.of("stop", "up", "down", "ps", "start", "config", "rm")::contains)
                .findFirst()
                .orElse("-");
        return switch (verb) {
            case "stop" -> stack.get().stop(false);
            case "down" -> stack.get().stop(true);
            case "up", "start" -> stack.get().up();
            case "ps" -> {
                model.events.note(
                        call.on().id(), "compose", "ps", stack.get().declared().project(), "call");
                yield Reply.ok(call.has("-q") ? stack.get().ids() : stack.get().ps(call.has("-a") || call.has("--all")))
                        .now();
            }
            case "rm" ->
                stack.get()
                        .remove(call.words()
                                .subList(
                                        call.words().indexOf("rm") + 1,
                                        call.words().size()))
                        .now();
            case "config" -> Reply.ok(String.join("\n", stack.get().services())).now();
            default -> Reply.failed(1, "unknown docker command").now();
        };
    }
}
