package io.ridethrough.realparts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The plainest bridge that people use: a shell loop around {@code upsc} and {@code mosquitto_pub}, one retained topic a
 * variable, {@code ups/<ups>/<variable>}, several times a second. While either side is away it tries on.
 */
public final class NutToMqtt implements AutoCloseable {
    private static final String LOOP = """
            while :; do
              for ups in $UPSES; do
                upsc "$ups" 2>/dev/null | while IFS= read -r line; do
                  key=${line%%: *}
                  case $key in ups.status|battery.charge|battery.runtime)
                    mosquitto_pub -h 127.0.0.1 -p "$BROKER" -r -q 1 -t "ups/${ups%%@*}/$key" -m "${line#*: }"
                  esac
                done
              done
              sleep 0.3
            done
            """;

    private final Process loop;

    public NutToMqtt(Path folder, NutServer nut, int brokerPort, String... upses) {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", LOOP)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("bridge.log").toFile());
        builder.environment().put("BROKER", Integer.toString(brokerPort));
        builder.environment()
                .put(
                        "UPSES",
                        String.join(" ", Stream.of(upses).map(nut::address).toList()));
        try {
            loop = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        loop.descendants().forEach(ProcessHandle::destroyForcibly);
        loop.destroyForcibly().onExit().join();
    }
}
