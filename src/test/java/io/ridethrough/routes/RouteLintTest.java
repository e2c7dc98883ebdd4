package io.ridethrough.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteLintTest {
    @Test
    void acceptsTheCanonicalNotation() {
        assertThat(steps("""
                - bean: {ref: runs, method: act}
                - choice:
                    when:
                      - expression: {method: {ref: gates, method: mayRun}}
                        steps:
                          - setBody: {expression: {simple: {expression: "${body.text}"}}}
                - circuitBreaker:
                    id: breaker-{{host}}
                    resilience4jConfiguration: {slidingWindowSize: 3}
                    steps:
                      - to: {id: go-out, uri: "kept-ssh:{{host}}"}
                    onFallback:
                      steps:
                        - toD: {id: go-second, uri: "direct:ssh-${body.asset}"}
                - to: {id: go-on, uri: direct, parameters: {name: step-ready, script: x}}
                - to: {id: go-queue, uri: "{{ridethrough.queue}}:step-ready"}
                """)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "- to: direct:x | shorthand to",
                "- to: {uri: direct, parameters: {name: x}} | every to has an id",
                "- to: {id: a-b, uri: 'direct:x'} | options in the uri",
                "- to: {id: a-b, uri: 'http?bridgeEndpoint=true'} | options in the uri",
                "- to: {id: a-b, uri: exec, parameters: {executable: ls}} | no route may use \"exec:\"",
                "- to: {id: a-b, uri: 'bean:runs'} | no route may use \"bean:\"",
                "- toD: {id: a-b, uri: 'direct:${header.x}'} | toD goes only to direct:",
                "- toD: {id: a-b, uri: 'http:${body.url}'} | toD goes only to direct:",
                "- toD: {id: a-b, uri: '${body}'} | toD goes only to direct:",
                "- wireTap: {uri: direct, parameters: {name: x}} | every wireTap has an id",
                "- recipientList: {expression: {simple: {expression: '${body.to}'}}} | \"recipientList\" has no place",
                "- process: {ref: thing} | \"process\" has no place",
                "- script: {expression: {groovy: {expression: '1'}}} | \"script\" has no place",
                "- setBody: {expression: {groovy: {expression: '1'}}} | \"groovy\" has no place",
                "- setBody: {expression: {jslt: {expression: '.'}}} | \"jslt\" has no place",
                "- setBody: {expression: {header: {expression: 'x'}}} | \"header\" has no place",
                "- bean: {ref: runs} | names its ref and its method",
                "- bean: {beanType: java.lang.String, method: trim} | names its ref and its method",
                "- bean: {ref: runs, method: 'act(${body})'} | its arguments are the bean's business",
                "- bean: {ref: '#runs', method: act} | without #",
                "- filter: {expression: {method: {ref: gates}}, steps: []} | names its ref and its method",
                "- setBody: {simple: '${body.x}'} | shorthand: write expression",
                "- setBody: {expression: {simple: '${body.x}'}} | shorthand simple",
                "- setBody: {expression: {simple: {expression: 'a ${body.x}'}}} | simple names one part of the body",
                "- filter: {expression: {simple: {expression: '${body.x} > 3'}}, steps: []} | simple names one part",
                "- log: hello | shorthand log",
                "- doTry: {steps: []} | \"doTry\" has no place",
                "- setBody: {id: X, expression: {constant: {expression: x}}} | reads <group>-<verb>",
            })
    void refuses(String step, String message) {
        assertThat(steps(step))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("bad.yaml:8: error: ")
                .contains(message);
    }

    @Test
    void refusesAChoiceInsideAChoiceHoweverDeep() {
        assertThat(steps("""
                - choice:
                    when:
                      - expression: {method: {ref: gates, method: mayRun}}
                        steps:
                          - split:
                              expression: {simple: {expression: "${body}"}}
                              steps:
                                - choice: {when: []}
                """))
                .singleElement()
                .asString()
                .startsWith("bad.yaml:15:")
                .contains("a choice inside a choice");
    }

    @Test
    void refusesARouteWithoutIdDescriptionOrSteps() {
        assertThat(check("- route: {from: {uri: direct, parameters: {name: x}}}"))
                .extracting(RouteLint.Finding::message)
                .hasSize(3)
                .anyMatch(message -> message.contains("description"))
                .anyMatch(message -> message.contains("<group>-<verb>"))
                .anyMatch(message -> message.contains("{uri, parameters, steps}"));
    }

    @Test
    void refusesOtherThingsThanRoutesAtTheTop() {
        assertThat(check("- from: {uri: direct, parameters: {name: x}, steps: []}"))
                .anyMatch(finding -> finding.message().startsWith("top level \"from\""));
        assertThat(check("- beans: []")).anyMatch(finding -> finding.message().startsWith("top level \"beans\""));
    }

    @Test
    void refusesAnIdThatIsTaken() {
        assertThat(steps("""
                - to: {id: go-on, uri: direct, parameters: {name: x-y}}
                - to: {id: go-on, uri: direct, parameters: {name: x-z}}
                """)).singleElement().asString().contains("is taken at bad.yaml:8");
    }

    @Test
    void refusesASecondErrorConfigurationAndOneWithAnId() {
        String one = "- routeConfiguration: {description: Reports., onException: []}\n";
        assertThat(check(one)).isEmpty();
        assertThat(check(one + one)).singleElement().asString().contains("second routeConfiguration");
        assertThat(check("- routeConfiguration: {id: a-b, description: Reports., onException: []}"))
                .singleElement()
                .asString()
                .contains("leave the id out");
    }

    @Test
    void refusesMoreThanSixRoutesInAFile() {
        String seven = IntStream.range(0, 7)
                .mapToObj(n -> "- route: {id: a-b" + n
                        + ", description: Goes., from: {uri: direct, parameters: {name: x" + n + "}, steps: []}}")
                .collect(Collectors.joining("\n"));
        assertThat(check(seven)).singleElement().asString().contains("7 routes in one file");
    }

    private static List<RouteLint.Finding> steps(String steps) {
        return check("""
                - route:
                    id: good-route
                    description: Goes where it should.
                    from:
                      uri: direct
                      parameters: {name: good-route}
                      steps:
                """ + steps.indent(8));
    }

    private static List<RouteLint.Finding> check(String yaml) {
        return RouteLint.check(List.of(RouteFile.of("bad.yaml", yaml)));
    }
}
