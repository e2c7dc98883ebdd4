package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeclaredRoutesTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<String> made = new ArrayList<>();
    private final DeclaredRoutes<String, String> routes =
            new DeclaredRoutes<>(context, thing -> "of-" + thing, this::add);

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void onlyWhatIsDeclaredOtherwiseGetsAnotherRoute() {
        routes.follow(Map.of("a", "1", "b", "1", "c", "1"));
        made.clear();

        routes.follow(Map.of("a", "1", "b", "2", "d", "1"));

        assertThat(made).containsExactlyInAnyOrder("b 2", "d 1");
        assertThat(context.getRoutes().stream().map(route -> route.getId()))
                .containsExactlyInAnyOrder("of-a", "of-b", "of-d");
    }

    @Test
    void oneThatCannotBeMadeKeepsNoOtherFromItsRouteAndIsTriedAgain() {
        routes.follow(Map.of("a", "1", "b", "1", "c", "1"));

        assertThatThrownBy(() -> routes.follow(new TreeMap<>(Map.of("a", "bad", "b", "2", "c", "2"))))
                .hasMessage("a is bad");
        assertThat(context.getRoutes().stream().map(route -> route.getId())).containsExactlyInAnyOrder("of-b", "of-c");

        routes.follow(Map.of("a", "3", "b", "2", "c", "2"));
        assertThat(context.getRoute("of-a")).isNotNull();
    }

    private void add(String thing, String of) {
        if (of.equals("bad")) {
            throw new IllegalArgumentException(thing + " is bad");
        }
        made.add(thing + " " + of);
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:" + thing).routeId("of-" + thing).setBody(constant(of));
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
