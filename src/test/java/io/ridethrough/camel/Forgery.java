package io.ridethrough.camel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message that no UPS sent, as somebody who may publish at the broker can send it.
 *
 * @param latin its payload, a character for each byte
 * @param options further ones of {@code mosquitto_pub}
 */
record Forgery(String name, String latin, List<String> options) {
    byte[] payload() {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Every kind; no two say the same. */
    static List<Forgery> kinds() {
        List<Forgery> kinds = new ArrayList<>();
        for (String text : List.of(
                "{\"ups.status\":\"OB\",\"battery.charge\":90}",
                "{\"ups.status\":\"OB LB\",\"battery.charge\":1}",
                "{\"ups.status\":\"FSD OB LB\"}",
                "{\"ups.status\":\"FSD\"}",
                "{\"ups.status\":\"LB\"}",
                "{\"ups.status\":\"OFF\"}",
                "{\"ups.status\":\"OB DISCHRG\",\"battery.runtime\":0}",
                "{\"ups.status\":\"on battery\"}",
                "{\"ups.status\":\"ob\"}",
                "{\"ups.status\":\"OB\",\"battery.runtime\":65535}",
                "{\"ups.status\":\"OL OB\"}",
                "{\"ups.status\":\"WAIT\"}",
                "{\"ups.status\":\"\"}",
                "{\"ups.status\":null}",
                "{\"ups.status\":42}",
                "{\"ups.status\":[\"OB\"]}",
                "{\"ups.status\":{\"OB\":true}}",
                "{\"ups.status\":\"OL\",\"ups.status\":\"OB\"}",
                "{\"ups.status\":\"OB; $(poweroff)\"}",
                "{\"ups.status\":\"OB ${bean:runs?method=begin}\"}",
                "{\"battery.charge\":-5}",
                "{\"battery.charge\":1e309}",
                "{\"battery.charge\":\"NaN\"}",
                "{\"battery.runtime\":-1}",
                "{\"online\":false}",
                "{\"ups\":{\"status\":\"OB LB\"}}",
                "OB LB",
                "offline",
                "[]",
                "{")) {
            kinds.add(forgery(text, text));
        }
        kinds.add(forgery("two thousand words", "{\"ups.status\":\"OB" + " LB".repeat(2_000) + "\"}"));
        kinds.add(forgery("twenty thousand brackets", "[".repeat(20_000)));
        kinds.add(forgery("a megabyte", "{\"ups.status\":\"OB" + "x".repeat(1_000_000) + "\"}"));
        kinds.add(forgery("no text", "\0\u00ff\u00fe\u0003"));
        kinds.add(forgery("nothing", ""));
        String ours = "-D publish user-property CamelBeanMethodName begin "
                + "-D publish user-property CamelHttpUri http://127.0.0.1:1/";
        kinds.add(new Forgery("with headers of ours", "{\"ups.status\":\"OB LB\"}", List.of(ours.split(" ", -1))));
        return kinds;
    }

    private static Forgery forgery(String name, String latin) {
        return new Forgery(name, latin, List.of());
    }
}
