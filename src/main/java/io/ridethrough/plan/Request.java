package io.ridethrough.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.SiteId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A run as people ask for it, over HTTP or at the command line, checked against the contracts. Either an intent or every
 * reason why not; nothing is guessed.
 */
public sealed interface Request {
    /** It can be planned. {@code release} names the holds the person lifts with it. */
    record Accepted(Intent intent, Set<AssetId> release) implements Request {
        public Accepted {
            release = Set.copyOf(release);
        }
    }

    /** It cannot; every reason at once. */
    record Rejected(List<String> errors) implements Request {
        public Rejected {
            errors = List.copyOf(errors);
        }
    }

    /** The keys a request may have. */
    List<String> KEYS = List.of(
            "scope",
            "mode",
            "control",
            "from-phase",
            "execute",
            "dry-run",
            "confirm",
            "power-off",
            "window",
            "acknowledgement",
            "release",
            "reason");

    /**
     * The words for {@code mode}: a phase, or {@code full} and its second half {@code resume}, or {@code reboot}, or the
     * {@code remedy} of one control.
     */
    List<String> MODES =
            List.of("precheck", "shutdown", "startup", "recovery", "verify", "full", "resume", "reboot", "remedy");

    /**
     * Reads a JSON request.
     *
     * @param by who asks, for the receipt
     */
    static Request read(JsonNode json, Contracts contracts, String by) {
        return new Reading(json, contracts).read(by);
    }

    /** One reading of one request; collects what is wrong. */
    final class Reading {
        private final JsonNode json;
        private final Contracts contracts;
        private final List<String> errors = new ArrayList<>();

        private Reading(JsonNode json, Contracts contracts) {
            this.json = json;
            this.contracts = contracts;
        }

        private Request read(String by) {
            if (!json.isObject()) {
                return new Rejected(List.of("a request is a JSON object with \"scope\" and \"mode\""));
            }
            json.fieldNames().forEachRemaining(key -> {
                if (!KEYS.contains(key)) {
                    errors.add("unknown key \"" + key + "\"; known are " + String.join(", ", KEYS));
                }
            });
            Optional<Scope> scope = scope(text("scope").orElse(""));
            String mode = text("mode").orElse("");
            if (!MODES.contains(mode)) {
                errors.add("\"mode\" is one of " + String.join(", ", MODES) + ", not \"" + mode + "\"");
            }
            Optional<Phase> from = from(mode);
            boolean execute = flag("execute");
            if (execute && flag("dry-run")) {
                errors.add("\"execute\" and \"dry-run\" together mean nothing; say one");
            }
            Optional<String> window = text("window");
            if (mode.equals("resume") && window.isEmpty()) {
                errors.add("\"resume\" needs the \"window\" it goes on with");
            }
            if (execute && from.isPresent() && text("reason").isEmpty()) {
                errors.add("\"from-phase\" leaves phases out: say the \"reason\", for the receipt");
            }
            scope.ifPresent(found -> confirm(execute, found));
            text("acknowledgement").ifPresent(this::acknowledged);
            Optional<String> control = control(mode, scope);
            Set<SiteId> powerOff = powerOff(scope);
            Set<AssetId> release = release();
            if (!errors.isEmpty()) {
                return new Rejected(errors);
            }
            String reason = text("reason").orElse("asked for by " + by);
            Intent intent = new Intent(
                    scope.orElseThrow(),
                    phases(mode).stream()
                            .filter(phase -> from.isEmpty() || phase.compareTo(from.get()) >= 0)
                            .toList(),
                    Trigger.HAND,
                    powerOff,
                    window,
                    mode.equals("full"),
                    execute,
                    text("acknowledgement"),
                    by,
                    from.map(first -> reason + leftOut(mode, first)).orElse(reason),
                    control);
            return new Accepted(intent, release);
        }

        /** The phase to begin at; nothing when that is the first one anyhow. */
        private Optional<Phase> from(String mode) {
            Optional<String> written = text("from-phase");
            if (written.isEmpty() || !MODES.contains(mode)) {
                return Optional.empty();
            }
            List<Phase> phases = phases(mode);
            Optional<Phase> found = phases.stream()
                    .filter(phase -> phase.word().equals(written.get()))
                    .findFirst();
            if (found.isEmpty()) {
                errors.add("\"from-phase\" of " + mode + " is one of "
                        + String.join(", ", phases.stream().map(Phase::word).toList()) + ", not \"" + written.get()
                        + "\"");
            }
            return found.filter(phase -> phase != phases.get(0));
        }

        /** What is given up is said wherever the reason is. */
        private static String leftOut(String mode, Phase first) {
            List<String> left = phases(mode).stream()
                    .filter(phase -> phase.compareTo(first) < 0)
                    .map(Phase::word)
                    .toList();
            return " (begins at " + first.word() + "; left out: " + String.join(", ", left) + ")";
        }

        private static List<Phase> phases(String mode) {
            return switch (mode) {
                case "full" -> List.of(Phase.PRECHECK, Phase.SHUTDOWN);
                case "reboot" ->
                    List.of(Phase.PRECHECK, Phase.SHUTDOWN, Phase.REBOOT, Phase.STARTUP, Phase.RECOVERY, Phase.VERIFY);
                case "remedy" -> List.of(Phase.RECOVERY);
                case "resume" -> List.of(Phase.STARTUP, Phase.RECOVERY, Phase.VERIFY);
                default -> List.of(Phase.valueOf(mode.toUpperCase(java.util.Locale.ROOT)));
            };
        }

        /** The control whose remedy is asked for, of one asset of its kind. */
        private Optional<String> control(String mode, Optional<Scope> scope) {
            Optional<String> name = text("control");
            if (!mode.equals("remedy")) {
                name.ifPresent(given -> errors.add("\"control\" belongs to \"mode\": \"remedy\""));
                return Optional.empty();
            }
            Set<String> known = new TreeSet<>();
            contracts.standard().controls().stream()
                    .filter(control -> control.mends().isPresent())
                    .map(Control::id)
                    .forEach(known::add);
            if (name.filter(known::contains).isEmpty()) {
                errors.add("\"control\" is one that has a remedy which runs, not \"" + name.orElse("")
                        + "\"; those are " + String.join(", ", known));
                return Optional.empty();
            }
            scope.filter(asked -> Remedies.of(contracts, asked.assets(), name).isEmpty())
                    .ifPresent(asked -> errors.add("\"" + name.get() + "\" is not about \"" + asked
                            + "\": name an asset of its kind, written site/name"));
            return name;
        }

        /** A token that means nothing would be taken for one that counts. */
        private void acknowledged(String said) {
            Set<String> known = new TreeSet<>(Intent.TOKENS);
            contracts.standard().controls().stream()
                    .filter(control -> control.gate() != Control.Gate.NONE)
                    .map(Control::id)
                    .forEach(known::add);
            for (String token : Intent.tokens(said)) {
                if (!known.contains(token)) {
                    errors.add("nothing is acknowledged by \"" + token + "\"; known are " + String.join(", ", known));
                }
            }
        }

        private void confirm(boolean execute, Scope scope) {
            String repeated = text("confirm").orElse("");
            if (execute
                    && !repeated.equals(scope.toString())
                    && !repeated.equals(text("scope").orElse(""))) {
                errors.add("to execute, repeat the scope: \"confirm\": \"" + scope + "\"");
            }
        }

        private Optional<Scope> scope(String written) {
            if (written.isBlank()) {
                errors.add("\"scope\" is a site, several joined by commas, \"all\", or assets written site/name");
                return Optional.empty();
            }
            if (written.equals("all")) {
                return Optional.of(new Scope(contracts.sites().keySet(), Set.of()));
            }
            Set<SiteId> sites = new TreeSet<>();
            Set<AssetId> assets = new TreeSet<>();
            int before = errors.size();
            for (String part :
                    Arrays.stream(written.split(",", -1)).map(String::trim).toList()) {
                if (part.contains("/")) {
                    asset(part).ifPresent(assets::add);
                } else {
                    site(part).ifPresent(sites::add);
                }
            }
            if (!sites.isEmpty() && !assets.isEmpty()) {
                errors.add("a scope is sites or assets, not both: \"" + written + "\"");
            }
            return errors.size() > before ? Optional.empty() : Optional.of(new Scope(sites, assets));
        }

        private Optional<SiteId> site(String name) {
            Optional<SiteId> found = contracts.sites().keySet().stream()
                    .filter(site -> site.value().equals(name))
                    .findFirst();
            if (found.isEmpty()) {
                errors.add("no site \"" + name + "\"; declared are "
                        + names(contracts.sites().keySet()));
            }
            return found;
        }

        private Optional<AssetId> asset(String name) {
            Optional<AssetId> found = contracts.assets().keySet().stream()
                    .filter(asset -> asset.toString().equals(name))
                    .findFirst();
            if (found.isEmpty()) {
                errors.add("no asset \"" + name + "\" is declared");
            }
            return found;
        }

        /** As asked for; a request that does not say leaves it to what each site declares. */
        private Set<SiteId> powerOff(Optional<Scope> scope) {
            Set<SiteId> sites = new HashSet<>();
            if (json.path("power-off").isMissingNode()) {
                scope.map(Scope::touched).orElse(Set.of()).stream()
                        .filter(id -> contracts.sites().values().stream()
                                .anyMatch(site -> site.id().equals(id) && site.powerOff()))
                        .forEach(sites::add);
                return sites;
            }
            list("power-off").forEach(name -> site(name).ifPresent(sites::add));
            return sites;
        }

        private Set<AssetId> release() {
            Set<AssetId> assets = new HashSet<>();
            list("release").forEach(name -> asset(name).ifPresent(assets::add));
            return assets;
        }

        private List<String> list(String key) {
            JsonNode value = json.path(key);
            if (value.isMissingNode()) {
                return List.of();
            }
            List<String> texts = new ArrayList<>();
            for (JsonNode element : value) {
                if (element.isTextual()) {
                    texts.add(element.asText());
                }
            }
            if (!value.isArray() || texts.size() != value.size()) {
                errors.add("\"" + key + "\" is a list of names");
                return List.of();
            }
            return texts;
        }

        private boolean flag(String key) {
            JsonNode value = json.path(key);
            if (!value.isMissingNode() && !value.isBoolean()) {
                errors.add("\"" + key + "\" is true or false");
            }
            return value.asBoolean(false);
        }

        private Optional<String> text(String key) {
            JsonNode value = json.path(key);
            if (value.isMissingNode() || value.isNull()) {
                return Optional.empty();
            }
            if (!value.isTextual()
                    || value.asText().length() > 500
                    || value.asText().chars().anyMatch(c -> c < ' ')) {
                if (errors.stream().noneMatch(error -> error.startsWith("\"" + key + "\" is a short"))) {
                    errors.add("\"" + key + "\" is a short text on one line");
                }
                return Optional.empty();
            }
            return Optional.of(value.asText());
        }

        private static String names(Set<SiteId> sites) {
            return String.join(", ", sites.stream().map(SiteId::value).toList());
        }
    }
}
