package io.ridethrough.target.tls;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pins as contracts declare them; for the others, as a file beside the known hosts says: one line per target, {@code
 * site/asset fingerprint}, blank lines and such that begin with {@code #} aside.
 */
public final class DeclaredPins implements Pins {
    private final Map<AssetId, Pin> pins = new HashMap<>();

    /**
     * @param declared what is declared of every target that may be called
     * @param known the file, which may not exist
     * @throws IllegalArgumentException naming the target or the line, when one of them cannot be read
     */
    public DeclaredPins(Map<AssetId, ApiAccess.Tls> declared, Path known) {
        if (Files.exists(known)) {
            read(known);
        }
        declared.forEach((target, tls) -> pins.put(target, pin(target, tls)));
    }

    private void read(Path known) {
        try {
            int number = 0;
            for (String line : Files.readAllLines(known)) {
                number++;
                String[] parts = line.strip().split("\\s+", -1);
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                try {
                    pins.put(AssetId.parse(parts[0]), Pin.fingerprint(parts.length == 2 ? parts[1] : ""));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            known + ":" + number + ": a line is \"site/asset fingerprint\": " + e.getMessage(), e);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(known + " cannot be read", e);
        }
    }

    private static Pin pin(AssetId target, ApiAccess.Tls tls) {
        try {
            return Pin.declared(tls);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("what is pinned for " + target + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Pin> pin(AssetId target) {
        return Optional.ofNullable(pins.get(target));
    }
}
