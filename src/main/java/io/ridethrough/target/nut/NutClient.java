package io.ridethrough.target.nut;

import io.ridethrough.contract.Ups;
import io.ridethrough.target.Said;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Secrets.UnusableSecretException;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.tls.PinnedTls;
import io.ridethrough.target.way.Told;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Asks one NUT server about one UPS, on a connection of its own each time, so that nothing stale is ever reused.
 * Blocks for the patience at most. Thread-safe.
 */
public final class NutClient {
    private static final int MOST_VARIABLES = 2_000;
    private static final Set<String> STALE = Set.of("DATA-STALE", "DRIVER-NOT-CONNECTED");
    private static final Pattern VARIABLE = Pattern.compile("VAR (\\S+) (\\S+) \"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Pattern UPS = Pattern.compile("UPS (\\S+) \"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Wiring wiring;
    private final Secrets secrets;
    private final Ups.NutSource source;
    private final Optional<SSLContext> tls;

    /** @param pin what the server's certificate must be; absent to speak without TLS */
    public NutClient(Wiring wiring, Secrets secrets, Ups.NutSource source, Optional<Pin> pin) {
        this.wiring = wiring;
        this.secrets = secrets;
        this.source = source;
        this.tls = pin.map(PinnedTls::context);
    }

    /** Every variable of the UPS. Never throws. */
    public NutAnswer variables(Duration patience) {
        InetSocketAddress to = wiring.tcp(source.host(), source.port());
        if (to.isUnresolved()) {
            return new NutAnswer.Silent("no address for " + source.host());
        }
        try (NutConnection connection = NutConnection.open(to, patience, tls)) {
            Optional<NutAnswer> denied = login(connection);
            return denied.isPresent() ? denied.get() : listed(connection);
        } catch (IOException e) {
            return new NutAnswer.Silent(Said.line(String.valueOf(e.getMessage())));
        }
    }

    /** The names of all UPSes of the server, whichever the source names, each with its description. Never throws. */
    public NutAnswer upses(Duration patience) {
        InetSocketAddress to = wiring.tcp(source.host(), source.port());
        if (to.isUnresolved()) {
            return new NutAnswer.Silent("no address for " + source.host());
        }
        try (NutConnection connection = NutConnection.open(to, patience, tls)) {
            Optional<NutAnswer> denied = login(connection);
            if (denied.isPresent()) {
                return denied.get();
            }
            String first = connection.ask("LIST UPS");
            if (!first.equals("BEGIN LIST UPS")) {
                return refusal(first);
            }
            Map<String, String> names = new TreeMap<>();
            for (String line = connection.line(); !line.equals("END LIST UPS"); line = connection.line()) {
                Matcher ups = UPS.matcher(line);
                if (!ups.matches() || names.size() >= MOST_VARIABLES) {
                    return new NutAnswer.Silent("no list of UPSes: " + Said.line(line));
                }
                names.put(ups.group(1), ups.group(2));
            }
            return new NutAnswer.Variables(names);
        } catch (IOException e) {
            return new NutAnswer.Silent(Said.line(String.valueOf(e.getMessage())));
        }
    }

    /** How it stands towards cutting its load. Never throws. */
    public Outlet outlet(Duration patience) {
        NutAnswer answer = variables(patience);
        if (!(answer instanceof NutAnswer.Variables told)) {
            return new Outlet.Unseen(words(answer));
        }
        String status = told.values().getOrDefault("ups.status", "");
        OptionalInt left = CutOffTalk.timer(told.values());
        if (left.isPresent()) {
            return new Outlet.CountingDown("it cuts its load in " + left.getAsInt() + " s");
        }
        return CutOffTalk.onBattery(status)
                ? new Outlet.OnBattery("on battery (" + status + "), its load is on")
                : new Outlet.OnMains("its status is \"" + status + "\": it never cuts its load but on battery");
    }

    /** Tells it to cut its load after the delay, until mains return; looks first. Never throws. */
    public Told cutOff(Duration delay, Duration patience) {
        return talk(patience, (talk, variables) -> talk.cutOff(variables, delay));
    }

    /** Takes that back. Never throws. */
    public Told keepOn(Duration patience) {
        return talk(patience, (talk, variables) -> talk.keepOn());
    }

    private interface Saying {
        Told said(CutOffTalk talk, Map<String, String> variables) throws IOException;
    }

    private Told talk(Duration patience, Saying saying) {
        InetSocketAddress to = wiring.tcp(source.host(), source.port());
        if (to.isUnresolved()) {
            return new Told.Undelivered("no address for " + source.host());
        }
        boolean sent = false;
        try (NutConnection connection = NutConnection.open(to, patience, tls)) {
            Optional<NutAnswer> denied = login(connection);
            NutAnswer answer = denied.isPresent() ? denied.get() : listed(connection);
            if (!(answer instanceof NutAnswer.Variables told)) {
                return new Told.Undelivered(words(answer));
            }
            CutOffTalk talk = new CutOffTalk(connection, source.name());
            try {
                return saying.said(talk, told.values());
            } finally {
                sent = talk.sent();
            }
        } catch (IOException e) {
            String why = Said.line(String.valueOf(e.getMessage()));
            return sent ? new Told.Lost(why) : new Told.Undelivered(why);
        }
    }

    private static String words(NutAnswer answer) {
        if (answer instanceof NutAnswer.Stale stale) {
            return "its NUT server has lost it: " + stale.why();
        }
        return answer instanceof NutAnswer.Refused refused
                ? "its NUT server refuses: " + refused.why()
                : "its NUT server is silent: " + ((NutAnswer.Silent) answer).why();
    }

    private Optional<NutAnswer> login(NutConnection connection) throws IOException {
        if (source.secret().isEmpty()) {
            return Optional.empty();
        }
        try {
            String[] login = secrets.secret(source.secret().get()).text().split(":", 2);
            if (login.length != 2 || login[0].isBlank()) {
                return Optional.of(
                        new NutAnswer.Refused("the secret \"" + source.secret().get() + "\" is not user:password"));
            }
            for (String line : new String[] {"USERNAME " + quoted(login[0]), "PASSWORD " + quoted(login[1])}) {
                String answer = connection.ask(line);
                if (!answer.startsWith("OK")) {
                    return Optional.of(refusal(answer));
                }
            }
            return Optional.empty();
        } catch (UnusableSecretException e) {
            return Optional.of(new NutAnswer.Refused(String.valueOf(e.getMessage())));
        }
    }

    private NutAnswer listed(NutConnection connection) throws IOException {
        String first = connection.ask("LIST VAR " + source.name());
        if (!first.equals("BEGIN LIST VAR " + source.name())) {
            return refusal(first);
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < MOST_VARIABLES; i++) {
            String line = connection.line();
            if (line.startsWith("END LIST VAR")) {
                return new NutAnswer.Variables(values);
            }
            Matcher variable = VARIABLE.matcher(line);
            if (variable.matches()) {
                values.put(variable.group(2), variable.group(3).replaceAll("\\\\(.)", "$1"));
            }
        }
        return new NutAnswer.Silent("its list has no end");
    }

    private static NutAnswer refusal(String answer) {
        String word = answer.startsWith("ERR ") ? answer.substring(4).strip() : "";
        if (word.isEmpty()) {
            return new NutAnswer.Silent("it says what no NUT server says: " + Said.line(answer));
        }
        return STALE.contains(word) ? new NutAnswer.Stale(word) : new NutAnswer.Refused(word);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
