package io.ridethrough.target.nut;

import io.ridethrough.contract.Ups;
import io.ridethrough.target.LoginPauses;
import io.ridethrough.target.Said;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Secrets.UnusableSecretException;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.way.Told;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks one NUT server about one UPS, on a connection of its own each time, so that nothing stale is ever reused. Blocks
 * for the patience at most. What a NUT server tells, it tells everyone: the login is shown for commands, and for
 * questions only where the server asks for one; a refused one rests ({@link LoginPauses}). Where a certificate is
 * declared nothing but STARTTLS is said before it was shown (NUT: net-protocol). Thread-safe.
 */
public final class NutClient {
    /** What a UPS is ever told: to cut its load until mains return, and not to. */
    public static final List<String> COMMANDS = List.of(CutOffTalk.RETURN, CutOffTalk.STOP);

    private static final int MOST_VARIABLES = 2_000;
    private static final Set<String> STALE = Set.of("DATA-STALE", "DRIVER-NOT-CONNECTED");
    /** What a server says that wants a login, or another one. */
    private static final Set<String> LOGIN_WANTED = Set.of("ACCESS-DENIED", "USERNAME-REQUIRED", "PASSWORD-REQUIRED");

    private static final Pattern VARIABLE = Pattern.compile("VAR (\\S+) (\\S+) \"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Pattern UPS = Pattern.compile("UPS (\\S+) \"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Reach reach;
    private final Ups.NutSource source;
    private final Optional<Pin> pin;

    /**
     * How NUT servers are reached and logged in to.
     *
     * @param pauses shared by all clients, so that all know what was refused
     */
    public record Reach(Wiring wiring, Secrets secrets, LoginPauses pauses) {}

    /** @param pin what the server's certificate must be, where the source declares that it has one */
    public NutClient(Reach reach, Ups.NutSource source, Optional<Pin> pin) {
        this.reach = reach;
        this.source = source;
        this.pin = pin;
    }

    /** Every variable of the UPS. Never throws. */
    public NutAnswer variables(Duration patience) {
        return asked(patience, this::listed);
    }

    /** The names of all UPSes of the server, whichever the source names, each with its description. Never throws. */
    public NutAnswer upses(Duration patience) {
        return asked(patience, NutClient::named);
    }

    /**
     * Until when the certificate that it shows is valid; empty where none is declared.
     *
     * @throws IOException when it does not show what is pinned
     */
    public Optional<Instant> certificateEnds(Duration patience) throws IOException {
        if (source.tls().isEmpty()) {
            return Optional.empty();
        }
        try (NutConnection connection = open(patience)) {
            return connection.certificateEnds();
        }
    }

    private interface Question {
        NutAnswer on(NutConnection connection) throws IOException;
    }

    private NutAnswer asked(Duration patience, Question question) {
        try (NutConnection connection = open(patience)) {
            return read(connection, question);
        } catch (IOException e) {
            return new NutAnswer.Silent(Said.line(String.valueOf(e.getMessage())));
        }
    }

    private NutConnection open(Duration patience) throws IOException {
        InetSocketAddress to = reach.wiring().tcp(source.host(), source.port());
        if (to.isUnresolved()) {
            throw new IOException("no address for " + source.host());
        }
        if (source.tls().isPresent() && pin.isEmpty()) {
            throw new IOException("no certificate is pinned for " + source.host());
        }
        NutConnection connection = NutConnection.open(to, patience);
        if (pin.isPresent()) {
            connection.secure(source.host(), pin.get());
        }
        return connection;
    }

    /** Asks, and asks again with the login where the server wants one for that. */
    private NutAnswer read(NutConnection connection, Question question) throws IOException {
        NutAnswer first = question.on(connection);
        if (!wantsLogin(first) || source.secret().isEmpty()) {
            return first;
        }
        Optional<NutAnswer> denied = login(connection);
        if (denied.isPresent()) {
            return denied.get();
        }
        NutAnswer second = question.on(connection);
        return wantsLogin(second) ? refused(((NutAnswer.Refused) second).why()) : second;
    }

    private static boolean wantsLogin(NutAnswer answer) {
        return answer instanceof NutAnswer.Refused refused && LOGIN_WANTED.contains(refused.why());
    }

    /**
     * Whether the driver of the UPS knows what it would be told to cut its load; {@code LIST CMD} needs no right. Whether
     * the login may give these commands a server tells only who gives them (NUT: upsd asks for the right after it knows
     * the command). Never throws.
     */
    public Told cutsOff(Duration patience) {
        NutAnswer answer = asked(patience, this::commands);
        if (!(answer instanceof NutAnswer.Variables known)) {
            return new Told.Undelivered("its commands are not told: " + words(answer));
        }
        List<String> unknown = COMMANDS.stream()
                .filter(command -> !known.values().containsKey(command))
                .toList();
        return unknown.isEmpty()
                ? new Told.Done("knows " + String.join(" and ", COMMANDS)
                        + "; whether the login may give them is not known until they are given")
                : new Told.Declined("its driver does not know " + String.join(" and ", unknown));
    }

    private NutAnswer commands(NutConnection connection) throws IOException {
        String list = "LIST CMD " + source.name();
        String first = connection.ask(list);
        if (!first.equals("BEGIN " + list)) {
            return refusal(first);
        }
        Map<String, String> names = new TreeMap<>();
        for (String line = connection.line(); !line.equals("END " + list); line = connection.line()) {
            String begin = "CMD " + source.name() + " ";
            if (!line.startsWith(begin) || names.size() >= MOST_VARIABLES) {
                return new NutAnswer.Silent("no list of commands: " + Said.line(line));
            }
            names.put(line.substring(begin.length()), "");
        }
        return new NutAnswer.Variables(names);
    }

    private static NutAnswer named(NutConnection connection) throws IOException {
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
    }

    /**
     * How it stands towards cutting its load. Never throws.
     *
     * @param delay after which it is told to by declaration: a timer that tells more than any delay is no countdown
     */
    public Outlet outlet(Duration delay, Duration patience) {
        NutAnswer answer = variables(patience);
        if (!(answer instanceof NutAnswer.Variables told)) {
            return new Outlet.Unseen(words(answer));
        }
        String status = told.values().getOrDefault("ups.status", "");
        OptionalInt left = CutOffTalk.timer(told.values(), delay);
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
        boolean sent = false;
        try (NutConnection connection = open(patience)) {
            NutAnswer answer = read(connection, this::listed);
            if (!(answer instanceof NutAnswer.Variables told)) {
                return new Told.Undelivered(words(answer));
            }
            Optional<NutAnswer> denied = connection.isLoggedIn() ? Optional.empty() : login(connection);
            if (denied.isPresent()) {
                return new Told.Undelivered(words(denied.get()));
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

    /** Shows the login, if there is one and it does not rest; why not, otherwise. */
    private Optional<NutAnswer> login(NutConnection connection) throws IOException {
        if (source.secret().isEmpty()) {
            return Optional.empty();
        }
        Secret login;
        try {
            login = reach.secrets().secret(source.secret().get());
        } catch (UnusableSecretException e) {
            return Optional.of(new NutAnswer.Refused(String.valueOf(e.getMessage())));
        }
        String[] parts = login.text().split(":", 2);
        if (parts.length != 2 || parts[0].isBlank()) {
            return Optional.of(
                    new NutAnswer.Refused("the secret \"" + source.secret().get() + "\" is not user:password"));
        }
        Optional<String> barred = reach.pauses().bars(place(), login);
        if (barred.isPresent()) {
            return Optional.of(new NutAnswer.Refused(barred.get()));
        }
        for (String line : new String[] {"USERNAME " + quoted(parts[0]), "PASSWORD " + quoted(parts[1])}) {
            String answer = connection.ask(line);
            if (!answer.startsWith("OK")) {
                return Optional.of(answer.startsWith("ERR ") ? refused(answer.substring(4)) : refusal(answer));
            }
        }
        connection.loggedIn();
        return Optional.empty();
    }

    private String place() {
        return source.host() + ":" + source.port() + " " + source.secret().orElse("");
    }

    /** It does not take the login, which rests from now on. */
    private NutAnswer refused(String word) {
        try {
            Secret login = reach.secrets().secret(source.secret().orElse(""));
            String why =
                    word + ", with the login of the secret \"" + source.secret().orElse("") + "\"";
            reach.pauses().refused(place(), login, why);
            return new NutAnswer.Refused(reach.pauses().bars(place(), login).orElse(why));
        } catch (UnusableSecretException e) {
            return new NutAnswer.Refused(word);
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
