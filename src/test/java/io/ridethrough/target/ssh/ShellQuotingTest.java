package io.ridethrough.target.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShellQuotingTest {
    private static final String[] PIECES = {
        "'", "\"", "`", "$(id)", "$HOME", "${PATH}", ";", "&", "|", "<", ">", "(", ")", "{a,b}", "*", "?", "[a]", "~",
        "#", "!", "\\", " ", "\t", "=", "-", "--", "a", "Z9", "/", "ü", "漢", "😀", "\u0001", "\u007f", "%s", "\\n"
    };

    @Test
    void aHundredThousandHostileValuesStayData() throws Exception {
        Random random = new Random(42);
        for (int batch = 0; batch < 100; batch++) {
            List<String> values = values(random, 1000);
            List<String> words = new ArrayList<>(List.of("printf", "%s\\n"));
            words.addAll(values);
            Process shell = new ProcessBuilder("sh").redirectErrorStream(true).start();
            try (var to = shell.getOutputStream()) {
                to.write(ShellQuoting.words(words).getBytes(StandardCharsets.UTF_8));
            }
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(said).isEqualTo(String.join("\n", values) + "\n");
        }
    }

    @Test
    void plainWordsStayReadable() {
        assertThat(RemoteCommand.look(Duration.ofMillis(1500), "qm", "shutdown", "105", "--timeout", "60")
                        .line())
                .isEqualTo("timeout -k 5 2 qm shutdown 105 --timeout 60");
    }

    @Test
    void lineBreaksAndNulAreRefused() {
        for (String bad : List.of("a\nb", "a\rb", "a\0b")) {
            assertThatThrownBy(() -> RemoteCommand.look(Duration.ofSeconds(1), "echo", bad))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    static List<String> values(Random random, int count) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder value = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                value.append(PIECES[random.nextInt(PIECES.length)]);
            }
            values.add(value.toString());
        }
        return values;
    }
}
