package io.ridethrough.contract.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of one site that could be read.
 *
 * @param id the name of its folder
 * @param whole whether every file that declares names could be read: else what a reference misses may stand in another
 */
record SiteDocs(String id, Map<String, Doc> docs, boolean whole) {

    /** Whether every file that declares names was read and holds its list, or says why it has none. */
    static boolean whole(Map<String, Doc> docs) {
        SiteDocs site = new SiteDocs("", docs, true);
        return Kind.ASSETS.stream().allMatch(kind -> site.tells(kind)) && site.tells(Kind.UPS);
    }

    private boolean tells(Kind kind) {
        At root = file(kind.file);
        return root.get("none").present() || root.get(kind.list).node().isArray();
    }

    /** The root of that file; an absent file has no values. */
    At file(String name) {
        Doc doc = docs.get(name);
        return doc != null ? doc.at() : NOTHING;
    }

    /** The mappings in that list of that file. */
    List<At> list(String file, String key) {
        return file(file).items(key).stream()
                .filter(item -> item.node().isObject())
                .toList();
    }

    private static final At NOTHING;

    static {
        Text none = Text.empty();
        NOTHING = new Doc(none, JsonNodeFactory.instance.objectNode(), new HashMap<>(), new HashMap<>()).at();
    }
}
