package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.plan.StepId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A person's word about one step of an open run (R33).
 *
 * @param address where this run reaches the step's asset from now on, for {@link Word#AT}
 * @param by who says so
 * @param reason why, for the receipt
 */
public record Ruling(String run, StepId step, Word word, Optional<String> address, String by, String reason) {
    /** What a person can say. */
    public enum Word {
        /** A step that did not go well is looked at again and, where it is not as desired, acted on again. */
        RETRY,
        /** The step is left out; what needs it goes on. */
        SKIP,
        /** The person says that it is done; what needs it goes on. */
        MARK_DONE,
        /** This run reaches the step's asset at another address. */
        AT;

        /** The word people write: {@code mark-done}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The word that is written so. */
        public static Optional<Word> of(String written) {
            return Arrays.stream(values())
                    .filter(word -> word.word().equals(written))
                    .findFirst();
        }
    }

    /** As it stands in journal, receipt and API. */
    public ObjectNode json() {
        ObjectNode json = Notes.object()
                .put("step", step.value())
                .put("word", word.word())
                .put("by", by)
                .put("reason", reason);
        address.ifPresent(where -> json.put("address", where));
        return json;
    }

    static Ruling read(String run, JsonNode body) {
        return new Ruling(
                run,
                new StepId(body.path("step").asText()),
                Word.of(body.path("word").asText())
                        .orElseThrow(() -> new IllegalArgumentException("no word of a person: " + body)),
                body.hasNonNull("address") ? Optional.of(body.path("address").asText()) : Optional.empty(),
                body.path("by").asText(),
                body.path("reason").asText());
    }

    /** Whether the other says the same, whoever says it and why. */
    boolean saysTheSame(Ruling other) {
        return step.equals(other.step) && word == other.word && address.equals(other.address);
    }
}
