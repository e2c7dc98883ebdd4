package io.ridethrough.cli;

import io.ridethrough.lab.net.FreePort;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The settings of this installation: {@code application.properties}, each key overridden by {@code -Dkey=...} or by the
 * environment ({@code RIDETHROUGH_HTTP_PORT}). Relative paths are relative to the folder of that file.
 */
record Settings(Path base, Map<String, String> values) {
    Settings {
        values = Map.copyOf(values);
    }

    /** Reads the file; a missing one means defaults. */
    static Settings read(Path file) {
        Map<String, String> values = new TreeMap<>(Map.of(
                "ridethrough.queue", "seda",
                "ridethrough.home", ".ridethrough",
                "ridethrough.contracts", "contracts",
                "ridethrough.routes", "routes",
                "ridethrough.boot-id", "/proc/sys/kernel/random/boot_id",
                "ridethrough.http.host", "127.0.0.1",
                "ridethrough.http.port", "8686"));
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new UserError(file + ": error: cannot be read: " + e.getMessage());
            }
        }
        properties.forEach(
                (key, value) -> values.put(key.toString(), value.toString().strip()));
        for (String key : List.copyOf(values.keySet())) {
            String environment =
                    System.getenv(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
            String property = System.getProperty(key);
            if (property != null) {
                values.put(key, property);
            } else if (environment != null) {
                values.put(key, environment);
            }
        }
        Path parent = file.toAbsolutePath().getParent();
        return new Settings(parent == null ? Path.of(".") : parent, values);
    }

    Settings with(String key, String value) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(key, value);
        return new Settings(base, changed);
    }

    /** The same on a free port of loopback. */
    Settings onFreePort() {
        try {
            return with("ridethrough.http.host", "127.0.0.1")
                    .with("ridethrough.http.port", Integer.toString(FreePort.onLoopback()));
        } catch (UncheckedIOException e) {
            throw new UserError("no free port on loopback: " + e.getMessage());
        }
    }

    /** The engine's HTTP server only logs that it could not listen; a service that cannot be asked must not start. */
    void refuseTakenPort() {
        String host = text("ridethrough.http.host");
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true);
            trial.bind(new InetSocketAddress(host, port()));
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError("cannot listen on " + host + ":" + port() + " (" + e.getMessage()
                    + "); is a service running there? See ridethrough.http.host and .port. Nothing was changed.");
        }
    }

    String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new UserError("application.properties: error: \"" + key + "\" is not set");
        }
        return value;
    }

    Path path(String key) {
        return base.resolve(text(key)).normalize();
    }

    /** The file elsewhere that heads of receipts go to, if one is set. */
    Optional<Path> receiptsAnchor() {
        return values.getOrDefault("ridethrough.receipts.anchor", "").isEmpty()
                ? Optional.empty()
                : Optional.of(path("ridethrough.receipts.anchor"));
    }

    int port() {
        try {
            int port = Integer.parseInt(text("ridethrough.http.port"));
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw notAPort(e);
        }
        throw notAPort(null);
    }

    private UserError notAPort(@org.jspecify.annotations.Nullable Throwable cause) {
        UserError error = new UserError("application.properties: error: ridethrough.http.port is 1 to 65535, not \""
                + text("ridethrough.http.port") + "\"");
        error.initCause(cause);
        return error;
    }
}
