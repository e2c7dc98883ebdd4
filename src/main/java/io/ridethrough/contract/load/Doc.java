package io.ridethrough.contract.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A file as a tree, with the place of every key and value by JSON pointer.
 *
 * @param keys the place of the key of each member of a mapping
 * @param values the place where each value begins
 */
record Doc(Text text, JsonNode root, Map<String, Place> keys, Map<String, Place> values) {

    At at() {
        return new At(this, "", root);
    }

    Place key(String pointer) {
        Place key = keys.get(pointer);
        return key != null ? key : value(pointer);
    }

    Place value(String pointer) {
        return values.getOrDefault(pointer, Place.START);
    }

    /** A pointer to a member of the value at {@code pointer}. */
    static String member(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
