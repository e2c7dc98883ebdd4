package io.ridethrough.contract.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Builds the tree from the parser's events, so that an alias is refused before it could be expanded: memory and time
 * stay in proportion to the text. Scalars follow the YAML 1.2 core schema ({@code on}, {@code off}, {@code 02:00} are
 * text).
 */
final class YamlTree {
    static final int DEEPEST = 50;
    /** Bounds the memory of pointers, in characters: long keys around many values would multiply otherwise. */
    private static final int POINTERS = 16 * 1024 * 1024;

    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Text text;
    private final Reports reports;
    private final ParserImpl events;
    private final Map<String, Place> keys = new HashMap<>();
    private final Map<String, Place> values = new HashMap<>();
    private int spent;
    private boolean refused;
    private Place last = Place.START;

    private YamlTree(Text text, Reports reports) {
        this.text = text;
        this.reports = reports;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SourceFile.LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        this.events = new ParserImpl(new StreamReader(text.content()), options);
    }

    /** The tree, or empty with every reason reported. A file without content has a null root. */
    static Optional<Doc> read(Text text, Reports reports) {
        try {
            YamlTree tree = new YamlTree(text, reports);
            return tree.document();
        } catch (ReaderException e) {
            reports.error(
                    text,
                    text.place(e.getPosition()),
                    "character 0x%02x is not allowed in YAML".formatted(e.getCodePoint()),
                    "remove it");
            return Optional.empty();
        }
    }

    private Optional<Doc> document() {
        try {
            next();
            if (events.checkEvent(Event.ID.StreamEnd)) {
                return Optional.of(new Doc(text, JSON.nullNode(), keys, values));
            }
            next();
            JsonNode root = value("", 1);
            next();
            if (!events.checkEvent(Event.ID.StreamEnd)) {
                refuse(place(events.peekEvent()), "a second document begins here", "keep one document a file");
            }
            return refused ? Optional.empty() : Optional.of(new Doc(text, root, keys, values));
        } catch (Hopeless e) {
            return Optional.empty();
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
            Place place = mark == null ? last : text.place(mark.getIndex());
            reports.error(text, place, "this is not YAML: " + oneLine(e.getProblem()), "check indentation and quotes");
            return Optional.empty();
        } catch (ReaderException e) {
            throw e;
        } catch (RuntimeException e) {
            reports.error(text, last, "this is not YAML", "check indentation and quotes near here");
            return Optional.empty();
        }
    }

    /** The parser's first sentence, which may quote the text. */
    private static String oneLine(String problem) {
        String sentence = problem.contains(". ") ? problem.substring(0, problem.indexOf(". ")) : problem;
        String quoted = Words.quoted(sentence);
        return quoted.substring(1, quoted.length() - 1);
    }

    private Event next() {
        Event event = events.getEvent();
        last = place(event);
        return event;
    }

    private Place place(Event event) {
        return text.place(event.getStartMark().getIndex());
    }

    private JsonNode value(String pointer, int depth) {
        Event event = next();
        spent += pointer.length();
        if (spent > POINTERS) {
            refuse(last, "too many values under long keys in one file", "split the file");
            throw new Hopeless();
        }
        values.put(pointer, last);
        if (event instanceof AliasEvent) {
            refuse(last, "an alias is not allowed in contracts", "write the value out");
            return JSON.nullNode();
        }
        refuseProperties(event);
        if (event instanceof CollectionStartEvent && depth > DEEPEST) {
            refuse(last, "nested deeper than " + DEEPEST + " levels", "no contract needs that");
            throw new Hopeless();
        }
        if (event instanceof MappingStartEvent) {
            return mapping(pointer, depth);
        }
        if (event instanceof SequenceStartEvent) {
            return sequence(pointer, depth);
        }
        return scalar((ScalarEvent) event);
    }

    private void refuseProperties(Event event) {
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            refuse(last, "an anchor is not allowed in contracts", "write the value out where it is used");
        }
        String tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent collection ? collection.getTag() : null;
        if (tag != null) {
            refuse(last, "a tag is not allowed in contracts", "remove it; put text in quotes");
        }
    }

    private JsonNode mapping(String pointer, int depth) {
        ObjectNode mapping = JSON.objectNode();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            String key = key(pointer, depth);
            Place keyPlace = last;
            String member = Doc.member(pointer, key);
            Place first = keys.get(member);
            if (first != null) {
                reports.error(
                        text, keyPlace, "key " + Words.quoted(key) + " is here twice", "first at line " + first.line());
                value(pointer + "//duplicate", depth + 1);
                continue;
            }
            keys.put(member, keyPlace);
            mapping.set(key, value(member, depth + 1));
        }
        next();
        return mapping;
    }

    private String key(String pointer, int depth) {
        if (!events.checkEvent(Event.ID.Scalar)) {
            Place place = place(events.peekEvent());
            value(pointer + "//key", depth + 1);
            refuse(place, "a key must be a plain word", "write key: value");
            last = place;
            return "";
        }
        ScalarEvent event = (ScalarEvent) next();
        refuseProperties(event);
        if (event.isPlain() && event.getValue().equals("<<")) {
            refuse(last, "a merge key is not allowed in contracts", "write the keys out");
        }
        return event.getValue();
    }

    private JsonNode sequence(String pointer, int depth) {
        ArrayNode sequence = JSON.arrayNode();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            sequence.add(value(pointer + "/" + sequence.size(), depth + 1));
        }
        next();
        return sequence;
    }

    private static JsonNode scalar(ScalarEvent event) {
        String value = event.getValue();
        if (!event.isPlain()) {
            return JSON.textNode(value);
        }
        return switch (value) {
            case "", "~", "null", "Null", "NULL" -> JSON.nullNode();
            case "true", "True", "TRUE" -> JSON.booleanNode(true);
            case "false", "False", "FALSE" -> JSON.booleanNode(false);
            default -> numberOrText(value);
        };
    }

    private static JsonNode numberOrText(String value) {
        if (INTEGER.matcher(value).matches()) {
            return JSON.numberNode(Long.parseLong(value));
        }
        if (value.length() > 30 || !NUMBER.matcher(value).matches()) {
            return JSON.textNode(value);
        }
        return value.chars().allMatch(c -> c == '-' || Character.isDigit(c))
                ? JSON.numberNode(new BigInteger(value))
                : JSON.numberNode(Double.parseDouble(value));
    }

    private void refuse(Place place, String what, String toDo) {
        refused = true;
        reports.error(text, place, what, toDo);
    }

    private static final class Hopeless extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
