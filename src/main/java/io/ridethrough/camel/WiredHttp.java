package io.ridethrough.camel;

import io.ridethrough.target.Wiring;
import java.net.InetSocketAddress;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Sends HTTP where the wiring says, through no proxy; the request and its TLS name stay as declared. Nothing is kept
 * between requests, and nothing is sent twice. Bound as {@code wiredHttp}.
 */
public final class WiredHttp implements HttpClientConfigurer {
    private final Wiring wiring;

    public WiredHttp(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.setRoutePlanner(new Wired())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression();
    }

    private final class Wired implements HttpRoutePlanner {
        @Override
        public HttpRoute determineRoute(HttpHost declared, HttpContext context) throws HttpException {
            boolean secure = URIScheme.HTTPS.same(declared.getSchemeName());
            int port = declared.getPort() > 0 ? declared.getPort() : secure ? 443 : 80;
            InetSocketAddress to = wiring.tcp(declared.getHostName(), port);
            if (to.isUnresolved()) {
                throw new HttpException("no address for " + declared.getHostName());
            }
            HttpHost real =
                    new HttpHost(declared.getSchemeName(), to.getAddress(), declared.getHostName(), to.getPort());
            return new HttpRoute(real, null, secure);
        }
    }
}
