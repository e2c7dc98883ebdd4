package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.Intent;
import io.ridethrough.power.NutVariables;
import io.ridethrough.power.Parsed;
import io.ridethrough.power.Reading;
import io.ridethrough.target.nut.NutAnswer;
import io.ridethrough.target.nut.NutClient;
import java.time.Duration;
import java.util.List;
import org.apache.camel.ExchangeException;

/** One UPS as its NUT server tells of it when asked. What the server cannot tell is trouble that the breaker counts. */
public final class NutSource {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final AssetId ups;
    private final NutClient client;
    private final PowerWatch watch;

    NutSource(AssetId ups, NutClient client, PowerWatch watch) {
        this.ups = ups;
        this.client = client;
        this.watch = watch;
    }

    /** The server gave no variables of this UPS. */
    static final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswerException(String message) {
            super(message);
        }
    }

    /** Asks once; what that calls for. */
    public List<Intent> ask() throws NoAnswerException {
        NutAnswer answer = client.variables(PATIENCE);
        if (answer instanceof NutAnswer.Variables variables) {
            return watch.heard(ups, NutVariables.parse(variables.values()), false, Reading.DIRECT);
        }
        if (answer instanceof NutAnswer.Stale stale) {
            return lost("its NUT server has lost it: " + stale.why());
        }
        throw new NoAnswerException(
                answer instanceof NutAnswer.Refused refused
                        ? "its NUT server refuses: " + refused.why()
                        : "its NUT server is silent: " + ((NutAnswer.Silent) answer).why());
    }

    /** Called where asking met trouble: the UPS is lost as far as this source goes (R4, R5). */
    public List<Intent> trouble(@ExchangeException Exception trouble) {
        return lost(String.valueOf(trouble.getMessage()));
    }

    private List<Intent> lost(String why) {
        return watch.heard(ups, new Parsed.CommunicationLost(why), false, Reading.DIRECT);
    }
}
