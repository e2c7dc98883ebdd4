package io.ridethrough.camel;

import io.ridethrough.target.Said;
import io.ridethrough.target.https.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.camel.Exchange;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;

/** Makes one type of what an HTTP client says and throws. Bound as {@code httpsAnswers}. */
public final class HttpsAnswers {
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    /** Called by the route: reads the answer whole, up to 8 MiB, while its connection is there. */
    public HttpReply read(Exchange exchange) throws IOException {
        Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        String reason = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_TEXT, "", String.class);
        Map<String, List<String>> headers = new TreeMap<>();
        exchange.getMessage().getHeaders().forEach((name, value) -> {
            if (!name.startsWith("Camel") && value != null) {
                headers.put(
                        name.toLowerCase(Locale.ROOT),
                        value instanceof Iterable<?> many ? texts(many) : List.of(value.toString()));
            }
        });
        return new HttpReply.Answered(status == null ? 0 : status, Said.line(reason), headers, body(exchange));
    }

    private static List<String> texts(Iterable<?> values) {
        List<String> texts = new java.util.ArrayList<>();
        values.forEach(value -> texts.add(String.valueOf(value)));
        return texts;
    }

    private static String body(Exchange exchange) throws IOException {
        if (!(exchange.getMessage().getBody() instanceof InputStream stream)) {
            return "";
        }
        try (stream) {
            byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("its answer is larger than " + MOST_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** What trouble means for what was asked: only what happened before the request left tells that it was not sent. */
    static HttpReply trouble(Throwable trouble) {
        String why = Said.line(words(trouble));
        if (trouble instanceof SSLHandshakeException || trouble instanceof SSLPeerUnverifiedException) {
            return new HttpReply.Undelivered(HttpReply.Cause.IDENTITY, why);
        }
        if (trouble instanceof ConnectionRequestTimeoutException) {
            return new HttpReply.Undelivered(HttpReply.Cause.BUSY, why);
        }
        boolean before = trouble instanceof ConnectException
                || trouble instanceof ConnectTimeoutException
                || trouble instanceof UnknownHostException
                || trouble instanceof NoRouteToHostException
                || (trouble instanceof HttpException && why.contains("no address for"));
        if (before) {
            return new HttpReply.Undelivered(HttpReply.Cause.UNREACHABLE, why);
        }
        boolean patience = trouble instanceof InterruptedIOException && !(trouble instanceof SSLException);
        return patience ? new HttpReply.TimedOut(why) : new HttpReply.Lost(why);
    }

    private static String words(Throwable trouble) {
        Throwable cause = trouble.getCause();
        String own = trouble.getClass().getSimpleName() + ": " + trouble.getMessage();
        return cause == null
                        || cause == trouble
                        || String.valueOf(trouble.getMessage()).contains(String.valueOf(cause.getMessage()))
                ? own
                : own + " (" + cause.getMessage() + ")";
    }
}
