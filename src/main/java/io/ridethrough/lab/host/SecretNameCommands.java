package io.ridethrough.lab.host;

import io.ridethrough.contract.Site;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Which names of credentials stand in the files of a stack, as find and grep tell them: the declared one, unless amiss. */
final class SecretNameCommands implements LabShell.Family {
    private final LabModel model;

    SecretNameCommands(LabModel model) {
        this.model = model;
    }

    @Override
    public Optional<CompletableFuture<Reply>> answer(Call call) {
        return call.name().equals("find") && call.has("grep")
                ? Optional.of(found(call).now())
                : Optional.empty();
    }

    private Reply found(Call call) {
        model.events.note(call.on().id(), "find", "grep", call.word(1), "call");
        return model.stacksOn(call.on().id()).stream()
                .filter(stack -> call.word(1).equals(stack.declared().path()))
                .findFirst()
                .map(stack -> Reply.ok(names(call, stack)))
                .orElseGet(() -> Reply.failed(1, "find: '" + call.word(1) + "': No such file or directory"));
    }

    private String names(Call call, LabStack stack) {
        Site site = model.contracts().sites().get(stack.declared().id().site());
        boolean amiss = model.conditions(stack.declared().id()).contains(Condition.OTHER_SECRET_NAME);
        List<String> there = site == null
                ? List.of()
                : site.upkeep().secretNames().stream()
                        .map(name -> amiss ? name.never().get(0) : name.name())
                        .toList();
        StringBuilder found = new StringBuilder();
        IntStream.range(0, call.words().size() - 1)
                .filter(i -> call.word(i).equals("-e") && there.contains(call.word(i + 1)))
                .forEach(i ->
                        found.append("compose.yaml: ").append(call.word(i + 1)).append('\n'));
        return found.toString();
    }
}
