package io.ridethrough.draft.bindings;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.load.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A value of a binding and where it stands. Asking for what is not there gives nothing: no throw. */
record Spot(Tree tree, String pointer, JsonNode node) {
    static Spot root(Tree tree) {
        return new Spot(tree, "", tree.root());
    }

    Spot get(String key) {
        return new Spot(tree, pointer + "/" + key.replace("~", "~0").replace("/", "~1"), node.path(key));
    }

    List<Spot> items() {
        List<Spot> items = new ArrayList<>();
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            items.add(new Spot(tree, pointer + "/" + i, node.path(i)));
        }
        return items;
    }

    /** The members of a mapping. */
    List<Spot> members() {
        List<Spot> members = new ArrayList<>();
        node.fieldNames().forEachRemaining(key -> members.add(get(key)));
        return members;
    }

    /** The last key of the way here. */
    String key() {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }

    boolean present() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** A scalar as text; empty when there is none or nothing in it. */
    Optional<String> text() {
        return node.isValueNode() && !node.isNull() && !node.asText().isBlank()
                ? Optional.of(node.asText().strip())
                : Optional.empty();
    }

    Optional<String> text(String key) {
        return get(key).text();
    }

    /** The scalars of a list, or a lone one. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>(get(key).text().stream().toList());
        get(key).items().forEach(item -> item.text().ifPresent(texts::add));
        return texts;
    }

    /** {@code file:line: value}, as one side of a finding. */
    String said() {
        String value = node.isContainerNode() && !node.isArray()
                ? "(entry)"
                : node.isMissingNode() ? "(nothing)" : node.toString();
        return tree.shown() + ":" + line() + ": " + (value.length() > 120 ? value.substring(0, 117) + "..." : value);
    }

    private int line() {
        for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            if (tree.lines().containsKey(at)) {
                return tree.line(at);
            }
        }
        return 1;
    }
}
