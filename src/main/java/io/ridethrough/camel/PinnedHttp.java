package io.ridethrough.camel;

import io.ridethrough.target.Wiring;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.tls.PinnedTls;
import java.util.Optional;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** HTTP towards one target: as {@link WiredHttp}, but over connections that are kept, and to its pinned certificate only. */
final class PinnedHttp implements HttpClientConfigurer {
    static final int CONNECTIONS = 8;

    private final WiredHttp wired;
    private final Optional<Pin> pin;
    private final Timeout connect;

    PinnedHttp(Wiring wiring, Optional<Pin> pin, Timeout connect) {
        this.wired = new WiredHttp(wiring);
        this.pin = pin;
        this.connect = connect;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        PoolingHttpClientConnectionManagerBuilder pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(CONNECTIONS)
                .setMaxConnTotal(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(200))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build());
        pin.ifPresent(one -> pool.setTlsSocketStrategy(new DefaultClientTlsStrategy(
                PinnedTls.context(one),
                HostnameVerificationPolicy.CLIENT,
                PinnedTls.checksNames(one) ? new DefaultHostnameVerifier() : NoopHostnameVerifier.INSTANCE)));
        wired.configureHttpClient(client);
        client.setConnectionManager(pool.build());
    }
}
