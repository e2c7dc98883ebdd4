package io.ridethrough.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** IPv4 and MAC addresses inside text. */
final class Addresses {
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern ADDRESS = Pattern.compile("(?<![\\d.])" + BYTE + "(?:\\." + BYTE
            + "){3}(?![\\d]|\\.\\d)" + "|(?<![0-9A-Fa-f:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![0-9A-Fa-f:-])");
    private static final Pattern NO_PLACE =
            Pattern.compile("127\\..*|0\\.0\\.0\\.0|255\\.255\\.255\\.255|(ff[:-]){5}ff");

    private Addresses() {}

    /** Every address in the text that is not loopback, wildcard or broadcast. */
    static List<String> foreignIn(String text) {
        List<String> found = new ArrayList<>();
        var matcher = ADDRESS.matcher(text);
        while (matcher.find()) {
            if (!NO_PLACE.matcher(matcher.group().toLowerCase(Locale.ROOT)).matches()) {
                found.add(matcher.group());
            }
        }
        return found;
    }
}
