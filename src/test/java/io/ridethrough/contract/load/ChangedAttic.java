package io.ridethrough.contract.load;

import io.ridethrough.contract.FakeContracts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The attic's files, with changes. */
final class ChangedAttic {
    private final List<SourceFile> files = new ArrayList<>(FakeContracts.atticFiles());

    /** Replaces a text in a site's file; it must be there. */
    ChangedAttic replace(String file, String old, String by) {
        String path = path(file);
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).path().equals(path)) {
                String text = new String(files.get(i).bytes(), StandardCharsets.UTF_8);
                if (!text.contains(old)) {
                    throw new AssertionError(path + " does not hold: " + old);
                }
                files.set(i, file(path, text.replace(old, by)));
                return this;
            }
        }
        throw new AssertionError("no " + path);
    }

    ChangedAttic append(String file, String text) {
        SourceFile old = files.stream()
                .filter(f -> f.path().equals(path(file)))
                .findFirst()
                .orElseThrow();
        return with(file, new String(old.bytes(), StandardCharsets.UTF_8) + text);
    }

    ChangedAttic with(String file, String text) {
        return with(file, text.getBytes(StandardCharsets.UTF_8));
    }

    ChangedAttic with(String file, byte[] bytes) {
        without(file);
        files.add(new SourceFile(path(file), bytes));
        return this;
    }

    ChangedAttic without(String file) {
        files.removeIf(f -> f.path().equals(path(file)));
        return this;
    }

    List<SourceFile> files() {
        return files;
    }

    Loaded load() {
        return new ContractLoader().load(files);
    }

    /** What people are shown. */
    String shown() {
        return load().render();
    }

    private static SourceFile file(String path, String text) {
        return new SourceFile(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String path(String file) {
        return file.contains("/") || file.equals("policy")
                ? file + (file.equals("policy") ? ".yaml" : "")
                : "sites/attic/" + file + ".yaml";
    }
}
