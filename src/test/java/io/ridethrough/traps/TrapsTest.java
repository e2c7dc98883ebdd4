package io.ridethrough.traps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Every trap of {@code protocols.md} section 11 has a test that bears its number; prints which. */
class TrapsTest {
    private static final List<String> TRAPS = List.of(
            "exit 255 of ssh, and of a task that failed",
            "an empty list is no permission",
            "DSM shuts down by version 1 only",
            "/api/hassio answers 401 to a good token",
            "OK of a task of a guest of high availability is only queued",
            "errors are in the reason phrase",
            "200 with success false, rc error, stale retained messages",
            "a container's refusal comes at once, a VM's in its task",
            "guests that start with their node race us; startall and stopall force",
            "killing the own path",
            "a task that ends with warnings succeeded",
            "the blank column of pct list",
            "a partial list of port overrides wipes the others",
            "reservations are told by the classic API only",
            "a latched FSD; OL CHRG LB after a cut",
            "NFS hangs when the NAS goes first",
            "DSM blocks an address after refused logins",
            "DSM in safe mode stays powered",
            "locks of the backup window",
            "after a crash state is read anew, no saved UPID is trusted alone");

    private static final Path TESTS = Path.of("src/test/java");

    @Test
    void everyTrapIsBorneByATest() throws Exception {
        Map<Integer, List<String>> borne = borne();

        System.out.println(table(borne));
        for (int trap = 1; trap <= TRAPS.size(); trap++) {
            assertThat(borne.getOrDefault(trap, List.of()))
                    .as("tests of trap %s: %s", trap, TRAPS.get(trap - 1))
                    .isNotEmpty();
        }
        assertThat(borne.keySet()).allMatch(trap -> trap >= 1 && trap <= TRAPS.size());
    }

    private static String table(Map<Integer, List<String>> borne) {
        StringBuilder table = new StringBuilder();
        borne.forEach((trap, tests) -> {
            table.append(String.format("%2d %s%n", trap, TRAPS.get(trap - 1)));
            tests.forEach(test -> table.append("     ").append(test).append(System.lineSeparator()));
        });
        return table.toString();
    }

    private static Map<Integer, List<String>> borne() throws IOException, ClassNotFoundException {
        Map<Integer, List<String>> borne = new TreeMap<>();
        for (Class<?> type : bearers()) {
            for (Method method : type.getDeclaredMethods()) {
                Trap trap = method.getAnnotation(Trap.class);
                if (trap != null) {
                    assertThat(isTest(method)).as("%s is a test", method).isTrue();
                    borne.computeIfAbsent(trap.value(), each -> new ArrayList<>())
                            .add(type.getSimpleName() + "." + method.getName());
                }
            }
        }
        borne.values().forEach(tests -> tests.sort(null));
        return borne;
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }

    /** The classes of the files that speak of a trap, with those inside of them. */
    private static List<Class<?>> bearers() throws IOException, ClassNotFoundException {
        List<Class<?>> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file : files.filter(each -> each.toString().endsWith("Test.java"))
                    .sorted()
                    .toList()) {
                if (Files.readString(file).contains("@Trap(")) {
                    String name = TESTS.relativize(file).toString().replace('/', '.');
                    Class<?> type = Class.forName(name.substring(0, name.length() - ".java".length()));
                    all.add(type);
                    all.addAll(Arrays.asList(type.getDeclaredClasses()));
                }
            }
        }
        return all;
    }
}
