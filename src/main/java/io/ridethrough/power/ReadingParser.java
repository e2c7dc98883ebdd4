package io.ridethrough.power;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.contract.Ups;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Reads one message of a UPS bridge by its declaration (protocols 6).
 *
 * <p>Never throws for a payload, whatever it is, and uses memory in proportion to at most 64 KiB of it. A variable that
 * makes no sense is absent; a status that makes none rejects the message.
 */
public final class ReadingParser {
    static final int LARGEST = 64 * 1024;
    private static final int DEEPEST = 16;
    private static final String VARIABLE = "{variable}";
    private static final Map<String, String> NUT = Map.of(
            "status", "ups.status", "charge", "battery.charge", "runtime", "battery.runtime", "load", "ups.load");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(64)
                            .maxNameLength(1_000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Ups.MqttSource source;
    private final Map<String, String> variables;
    private final Words words;

    /** A parser for one declared source; NUT's own names where it declares no variables. Immutable. */
    public ReadingParser(Ups.MqttSource source) {
        this.source = source;
        this.variables = source.variables().isEmpty() ? NUT : source.variables();
        this.words = new Words(source.words(), source.runtimeUnit());
    }

    /** The MQTT topics to subscribe to, without wildcards; both spellings of a key where it is dotted or slashed. */
    public List<String> topics() {
        return switch (source.format()) {
            case JSON, EVENTSTREAM -> List.of(source.topic());
            case VARIABLES, STATESTREAM ->
                variables.values().stream()
                        .sorted()
                        .flatMap(this::topicsOf)
                        .distinct()
                        .toList();
        };
    }

    /** What is subscribed: one filter where the variable is the last level, so that a UPS costs one connection. */
    public List<String> filters() {
        return source.format() == Ups.Format.VARIABLES && source.topic().endsWith("/" + VARIABLE)
                ? List.of(source.topic().substring(0, source.topic().length() - VARIABLE.length()) + "#")
                : topics();
    }

    /** What the message says. */
    public Parsed parse(byte[] payload, String topic) {
        if (payload.length > LARGEST) {
            return new Parsed.Rejected("a message of " + payload.length + " bytes; at most " + LARGEST + " are read");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException binary) {
            return new Parsed.Rejected("a message that is no UTF-8 text");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c))) {
            return new Parsed.Rejected("a message with control characters");
        }
        return switch (source.format()) {
            case VARIABLES, STATESTREAM ->
                variableOf(topic)
                        .map(ours -> value(ours, unquoted(text)))
                        .orElseGet(() -> new Parsed.Ignored("a topic that no variable is declared for"));
            case JSON -> object(text);
            case EVENTSTREAM -> event(text);
        };
    }

    private Stream<String> topicsOf(String declared) {
        if (source.format() == Ups.Format.VARIABLES) {
            return Stream.of(declared, declared.replace('/', '.'), declared.replace('.', '/'))
                    .map(name -> source.topic().replace(VARIABLE, name));
        }
        String entity = declared.replace('.', '/');
        return Stream.of(
                source.topic().contains(VARIABLE)
                        ? source.topic().replace(VARIABLE, entity)
                        : source.topic() + "/" + entity + "/state");
    }

    private Optional<String> variableOf(String topic) {
        return variables.entrySet().stream()
                .filter(variable -> topicsOf(variable.getValue()).anyMatch(topic::equals))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Parsed value(String ours, String text) {
        return switch (ours) {
            case "status" -> words.status(text);
            case "charge" ->
                new Parsed.Update(Optional.empty(), words.percent(text, 100), Optional.empty(), OptionalInt.empty());
            case "runtime" ->
                new Parsed.Update(Optional.empty(), OptionalInt.empty(), words.runtime(text), OptionalInt.empty());
            case "load" ->
                new Parsed.Update(Optional.empty(), OptionalInt.empty(), Optional.empty(), words.percent(text, 1_000));
            default -> new Parsed.Ignored("a variable that is not used");
        };
    }

    private Parsed object(String text) {
        Optional<JsonNode> read = json(text);
        if (read.isEmpty()) {
            return new Parsed.Rejected("a message that is no sound JSON object");
        }
        JsonNode object = read.get();
        JsonNode online = object.path("online");
        if (online.isBoolean() && !online.asBoolean()) {
            return new Parsed.CommunicationLost("the bridge says that it is offline");
        }
        OptionalInt charge = words.percent(scalar(object, "charge"), 100);
        Optional<Duration> runtime = words.runtime(scalar(object, "runtime"));
        OptionalInt load = words.percent(scalar(object, "load"), 1_000);
        JsonNode status = find(object, "status");
        if (status.isMissingNode()) {
            return charge.isEmpty() && runtime.isEmpty() && load.isEmpty()
                    ? new Parsed.Ignored("a message without any declared variable")
                    : new Parsed.Update(Optional.empty(), charge, runtime, load);
        }
        if (!status.isTextual()) {
            return new Parsed.Rejected("a status that is no text");
        }
        return words.status(status.asText()) instanceof Parsed.Update update
                ? new Parsed.Update(update.status(), charge, runtime, load)
                : words.status(status.asText());
    }

    private Parsed event(String text) {
        Optional<JsonNode> read = json(text);
        if (read.isEmpty()) {
            return new Parsed.Rejected("a message that is no sound JSON object");
        }
        JsonNode data = read.get().path("event_data");
        String entity = data.path("entity_id").asText();
        Optional<String> ours = variables.entrySet().stream()
                .filter(variable -> variable.getValue().equals(entity))
                .map(Map.Entry::getKey)
                .findFirst();
        if (ours.isEmpty() || !read.get().path("event_type").asText().equals("state_changed")) {
            return new Parsed.Ignored("an event of something else");
        }
        JsonNode state = data.path("new_state").path("state");
        if (state.isTextual()) {
            return value(ours.get(), state.asText());
        }
        return ours.get().equals("status") && data.path("new_state").isNull()
                ? new Parsed.CommunicationLost("Home Assistant has removed the entity")
                : new Parsed.Rejected("an event without a state");
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException unsound) {
            return Optional.empty();
        }
    }

    private String scalar(JsonNode object, String ours) {
        JsonNode found = find(object, ours);
        return found.isTextual() || found.isNumber() ? found.asText() : "";
    }

    /** The value under the declared key, spelled with dots or slashes, or nested. */
    private JsonNode find(JsonNode object, String ours) {
        String declared = variables.get(ours);
        if (declared == null) {
            return object.path("\0");
        }
        String dotted = declared.replace('/', '.');
        for (String key : List.of(declared, dotted, dotted.replace('.', '/'))) {
            if (object.has(key)) {
                return object.path(key);
            }
        }
        return object.at("/" + dotted.replace("~", "~0").replace('.', '/'));
    }

    private static String unquoted(String text) {
        String stripped = text.strip();
        return stripped.length() >= 2 && stripped.startsWith("\"") && stripped.endsWith("\"")
                ? stripped.substring(1, stripped.length() - 1)
                : stripped;
    }
}
