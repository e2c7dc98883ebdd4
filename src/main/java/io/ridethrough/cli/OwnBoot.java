package io.ridethrough.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Which boot of its machine this process lives in, as the kernel tells; nothing where it does not. */
record OwnBoot(Path file) implements Supplier<Optional<String>> {
    @Override
    public Optional<String> get() {
        try {
            return Optional.of(Files.readString(file).strip()).filter(boot -> !boot.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
