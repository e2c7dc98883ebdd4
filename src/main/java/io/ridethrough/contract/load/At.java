package io.ridethrough.contract.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A value of a file and where it is. Asking for what is not there, or is of another type, gives nothing: no throw. */
record At(Doc doc, String pointer, JsonNode node) {

    At get(String key) {
        return new At(doc, Doc.member(pointer, key), node.path(key));
    }

    boolean present() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** The elements of this list. */
    List<At> items() {
        List<At> items = new ArrayList<>();
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            items.add(new At(doc, pointer + "/" + i, node.path(i)));
        }
        return items;
    }

    List<At> items(String key) {
        return get(key).items();
    }

    Optional<String> text() {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    Optional<String> text(String key) {
        return get(key).text();
    }

    String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    int integer(String key, int otherwise) {
        JsonNode value = node.path(key);
        return value.canConvertToInt() && value.isIntegralNumber() ? value.intValue() : otherwise;
    }

    boolean is(String key, boolean otherwise) {
        return node.path(key).asBoolean(otherwise);
    }

    List<String> texts(String key) {
        return items(key).stream().flatMap(item -> item.text().stream()).toList();
    }

    List<Integer> integers(String key) {
        return items(key).stream()
                .filter(item -> item.node().canConvertToInt() && item.node().isIntegralNumber())
                .map(item -> item.node().intValue())
                .toList();
    }

    /** Where the value begins; what is absent is where its mapping begins. */
    Place place() {
        if (node.isMissingNode()) {
            return doc.key(pointer.substring(0, Math.max(0, pointer.lastIndexOf('/'))));
        }
        return doc.value(pointer);
    }
}
