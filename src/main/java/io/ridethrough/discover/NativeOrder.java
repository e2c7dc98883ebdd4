package io.ridethrough.discover;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A guest's own place in the order of its node, {@code startup: order=1,up=30,down=120} (protocols 1.5).
 *
 * @param up seconds until the next one is started
 * @param down seconds that its shutdown may take
 */
record NativeOrder(OptionalInt order, OptionalInt up, OptionalInt down) {
    static NativeOrder of(String startup) {
        return new NativeOrder(part(startup, "(?:order=|^)"), part(startup, "up="), part(startup, "down="));
    }

    private static OptionalInt part(String startup, String before) {
        Matcher part =
                Pattern.compile("(?:^|,)" + before + "([0-9]{1,6})(?:,|$)").matcher(startup);
        return part.find() ? OptionalInt.of(Integer.parseInt(part.group(1))) : OptionalInt.empty();
    }
}
