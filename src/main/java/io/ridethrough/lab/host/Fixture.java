package io.ridethrough.lab.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** An answer kept as a text file beside this package, with {@code ${name}} places. */
record Fixture(String text) {
    static Fixture read(String name) {
        try (InputStream in = Fixture.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + name);
            }
            return new Fixture(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Fixture with(String name, String value) {
        return new Fixture(text.replace("${" + name + "}", value));
    }
}
