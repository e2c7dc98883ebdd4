package io.ridethrough.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.plan.StepId;
import io.ridethrough.run.Ruled;
import io.ridethrough.run.Ruling;
import io.ridethrough.run.Ruling.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A person's word about one step, as it is written over HTTP, and the answer to it. */
final class Overrides {
    private static final List<String> KEYS = List.of("step", "word", "address", "by", "reason");
    private static final int LONGEST = 500;

    /** A name or an address literal, and nothing else: no port, no path, no login. */
    private static final String HOST = "[0-9A-Za-z]([0-9A-Za-z.:_-]{0,251}[0-9A-Za-z])?";

    private final JsonNode json;
    private final List<String> errors = new ArrayList<>();
    private Optional<Ruling> ruling = Optional.empty();

    private Overrides(JsonNode json) {
        this.json = json;
    }

    static Overrides read(JsonNode json, String run) {
        Overrides read = new Overrides(json);
        read.read(run);
        return read;
    }

    /** Every reason why it is none, or the word. */
    <T> T at(Function<List<String>, T> wrong, Function<Ruling, T> right) {
        return ruling.filter(read -> errors.isEmpty()).map(right).orElseGet(() -> wrong.apply(errors));
    }

    private void read(String run) {
        json.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                errors.add("unknown key \"" + key + "\"; known are " + String.join(", ", KEYS));
            }
        });
        Optional<Word> word = Word.of(json.path("word").asText());
        if (word.isEmpty()) {
            errors.add("\"word\" is retry, skip, mark-done or at");
        }
        String step = text("step");
        String reason = text("reason");
        if (step.isEmpty() || reason.isEmpty()) {
            errors.add("\"step\" and \"reason\" are short texts on one line");
        }
        Optional<String> address = json.has("address") ? Optional.of(text("address")) : Optional.empty();
        if (address.isPresent() != word.equals(Optional.of(Word.AT))) {
            errors.add("\"address\" goes with the word at, and only with it");
        }
        if (address.isPresent() && !address.get().matches(HOST)) {
            errors.add("\"address\" is a host name or an address, without a port");
        }
        String by = text("by");
        word.ifPresent(said -> ruling = Optional.of(
                new Ruling(run, new StepId(step), said, address, by.isEmpty() ? "http" : by + " over http", reason)));
    }

    private String text(String key) {
        String text = json.path(key).asText().strip();
        return text.length() > LONGEST || text.chars().anyMatch(c -> c < ' ') ? "" : text;
    }

    static Reply answer(Ruled ruled) {
        if (ruled instanceof Ruled.Taken taken) {
            return Reply.ok(
                    taken.ruling().json().put("run", taken.ruling().run()).put("gives-up", taken.givesUp()));
        }
        return Reply.problem(409, "The step stays as it is", List.of(((Ruled.Denied) ruled).reason()));
    }
}
