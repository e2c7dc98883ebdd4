package io.ridethrough.realparts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority made by {@code openssl}, and the certificates that it signs, as files that servers read. */
public final class Certificates {
    private final Path folder;

    /**
     * A certificate and its key.
     *
     * @param fingerprint SHA-256 as {@code openssl x509 -fingerprint} prints it
     */
    public record Issued(Path certificate, Path key, String fingerprint) {}

    /** Makes an authority in an own folder, made if missing. */
    public Certificates(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority"
                + " -keyout ca.key -out ca.pem");
    }

    /** The authority's own certificate. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** The same as contracts have it. */
    public String pem() {
        return read("ca.pem");
    }

    /**
     * Makes a key and signs its certificate.
     *
     * @param name {@code IP:} or {@code DNS:} and what it is issued for
     */
    public Issued issue(String name) {
        String file = name.replaceAll("[^A-Za-z0-9]", "-");
        try {
            Files.writeString(folder.resolve(file + ".ext"), "subjectAltName=" + name + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=server -keyout " + file + ".key -out "
                + file + ".csr");
        openssl("x509 -req -in " + file + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 1 -extfile " + file
                + ".ext -out " + file + ".pem");
        String printed = openssl("x509 -noout -fingerprint -sha256 -in " + file + ".pem");
        return new Issued(
                folder.resolve(file + ".pem"),
                folder.resolve(file + ".key"),
                printed.substring(printed.indexOf('=') + 1).strip());
    }

    private String openssl(String arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ", -1)));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(folder.resolve("openssl.log").toFile())
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(command + ": " + read("openssl.log"));
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
