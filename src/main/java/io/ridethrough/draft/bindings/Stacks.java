package io.ridethrough.draft.bindings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.draft.bindings.Finding.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compose projects: what a host's list, its lifecycle and the phases say of them. */
final class Stacks {
    private final SiteImport site;
    private final Findings findings;

    Stacks(SiteImport site) {
        this.site = site;
        this.findings = site.findings;
    }

    void read() {
        for (Spot target : site.bindings.list("docker.compose.targets.yaml", "targets")) {
            boolean ours = site.topology.texts("compose_targets").contains(target.key());
            Optional<Known> host = site.find(target.text("ssh_target").orElse(target.key()));
            if (!site.bindings.active(target)) {
                if (ours) {
                    findings.add(
                            Kind.STALE,
                            "the compose target " + target.key() + " is switched off",
                            "left out",
                            target.get("enabled"));
                }
            } else if (host.isPresent()) {
                stacks(host.get(), target);
            } else if (ours) {
                findings.add(Kind.DANGLING, "a compose target is on no machine of the site", "left out", target);
            }
        }
        site.topology.get("compose_targets").items().stream()
                .filter(named -> site.bindings.list("docker.compose.targets.yaml", "targets").stream()
                        .noneMatch(target ->
                                named.text().filter(target.key()::equals).isPresent()))
                .forEach(named -> findings.add(
                        Kind.DANGLING, "the site names a compose target that is not declared", "none", named));
    }

    private void stacks(Known host, Spot target) {
        Map<String, Spot> paths = new HashMap<>();
        Set<String> named = new HashSet<>();
        for (Spot stack : target.get("stacks").items()) {
            String name = stack.text("name").orElse("unnamed");
            if (!site.bindings.active(stack)) {
                findings.add(Kind.STALE, "the stack " + name + " is legacy", "left out", stack.get("legacy_only"));
                continue;
            }
            named.add(name);
            stack(host, stack, name, paths);
        }
        for (Spot listed : host.entry().get("stacks").items()) {
            if (listed.text().filter(named::contains).isEmpty()) {
                findings.add(
                        Kind.DANGLING,
                        host.id() + " is said to carry a stack that its compose target does not list",
                        "left out",
                        listed,
                        target.get("stacks"));
            }
        }
        List<String> listed = host.entry().texts("stacks");
        target.get("stacks").items().stream()
                .filter(stack -> stack.text("name").filter(named::contains).isPresent())
                .filter(stack -> stack.text("name").filter(listed::contains).isEmpty())
                .forEach(stack -> findings.add(
                        Kind.CONTRADICTION,
                        "the stack " + stack.text("name").orElse("") + " is listed for " + host.id()
                                + ", and its lifecycle does not know it",
                        "declared",
                        stack.get("name"),
                        host.entry().get("stacks")));
        for (Spot phase : site.bindings.list("startup.sequencing.yaml", "phases")) {
            phase.get("hosts").items().stream()
                    .filter(it -> it.text("target").filter(host::called).isPresent())
                    .flatMap(it -> it.get("stacks").items().stream())
                    .filter(it -> it.text().filter(named::contains).isEmpty())
                    .forEach(it -> findings.add(
                            Kind.DANGLING,
                            "a phase starts a stack that " + host.id() + " does not have",
                            "left out",
                            it));
        }
    }

    private void stack(Known host, Spot stack, String name, Map<String, Spot> paths) {
        String path = stack.text("path").orElse("");
        Spot other = paths.putIfAbsent(path, stack.get("path"));
        if (other != null) {
            findings.add(
                    Kind.CONTRADICTION,
                    "two stacks of " + host.id() + " have one folder",
                    "the first; the other is left out",
                    other,
                    stack.get("path"));
            return;
        }
        ObjectNode values = site.draft
                .add("stacks", "stacks")
                .put("id", Bindings.id(host.id() + "-" + name))
                .put("project", name)
                .put("path", path)
                .put("runs-on", host.id());
        if (path.startsWith("~")) {
            String user = host.values().path("ssh").path("user").asText("root");
            values.put("path", (user.equals("root") ? "/root" : "/home/" + user) + path.substring(1));
            Assume.that(values, "the folder is said relative to a home");
            findings.add(
                    Kind.ASSUMED,
                    "the folder of stack " + name + " is relative",
                    values.path("path").asText(),
                    stack.get("path"));
        }
        if (!host.values().path("ssh").isObject()) {
            host.values().putObject("ssh");
        }
    }
}
