package io.ridethrough.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void writesTheExampleOfTheRfc() throws Exception {
        // RFC 8785, 3.2.2 and 3.2.3
        JsonNode value = JSON.readTree("""
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }""");

        assertThat(CanonicalJson.write(value))
                .isEqualTo("{\"literals\":[null,true,false],"
                        + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void sortsKeysByUtf16CodeUnit() throws Exception {
        // RFC 8785, 3.2.3: the smiley's surrogate sorts before U+FB33
        JsonNode value = JSON.readTree("""
                {"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}""");

        assertThat(CanonicalJson.write(value))
                .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0,0",
        "-0.0,0",
        "1.0,1",
        "-1.5,-1.5",
        "9007199254740993,9007199254740993",
        "123456789012345678901234567890,123456789012345678901234567890",
        "5e-324,5e-324",
        "2e23,2e+23",
        "1.7976931348623157e308,1.7976931348623157e+308",
        "1e21,1e+21",
        "1e20,100000000000000000000",
        "0.000001,0.000001",
        "0.0000001,1e-7",
        "295147905179352830000.0,295147905179352830000",
        "-1.25e-9,-1.25e-9"
    })
    void writesNumbersInOneShortestForm(String given, String canonical) throws Exception {
        assertThat(CanonicalJson.write(JSON.readTree(given))).isEqualTo(canonical);
    }

    @Test
    void readsBackToTheSameText() throws Exception {
        String once =
                CanonicalJson.write(JSON.readTree("{\"b\":[1.10,{\"z\":\"\\ud800\",\"a\":\"\\u0000\"}],\"a\":{}}"));

        assertThat(once).isEqualTo("{\"a\":{},\"b\":[1.1,{\"a\":\"\\u0000\",\"z\":\"\\ud800\"}]}");
        assertThat(CanonicalJson.write(JSON.readTree(once))).isEqualTo(once);
    }

    @Test
    void hashesTheTextAsUtf8() throws Exception {
        // printf '{"a":"\u20ac"}' | sha256sum
        assertThat(CanonicalJson.hash(JSON.readTree("{ \"a\" : \"€\" }")))
                .isEqualTo("db8566e7dc218a6795f689fe26667214b263a2443d9966d00742cbd38019c33e");
    }

    @Test
    void refusesWhatJsonCannotSay() {
        assertThatThrownBy(() -> CanonicalJson.write(JsonNodeFactory.instance.numberNode(Double.NaN)))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> CanonicalJson.write(JsonNodeFactory.instance.pojoNode(new Object())))
                .hasMessageContaining("POJO");
    }
}
