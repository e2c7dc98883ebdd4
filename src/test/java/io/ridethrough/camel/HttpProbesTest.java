package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.probe.HttpAsk.Told;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asks the attic's declared web page through the product's own route; where it really is says the wiring. */
@Timeout(60)
class HttpProbesTest {
    private static final String DECLARED = "http://192.0.2.20/";

    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final HttpProbes probes = new HttpProbes(context);
    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/", exchange -> {
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            paths.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        context.getRegistry().bind("httpProbes", probes);
        context.getRegistry().bind("wiredHttp", new WiredHttp(toServer()));
        context.getRegistry().bind("faults", new Faults());
        context.getCamelContextExtension().addInterceptStrategy(new HeaderFence());
        List<Resource> files = List.of(
                PluginHelper.getResourceLoader(context).resolveResource("file:routes/errors.yaml"),
                PluginHelper.getResourceLoader(context).resolveResource("file:routes/targets/probe-http.yaml"));
        PluginHelper.getRoutesLoader(context).loadRoutes(files);
        context.start();
        probes.follow(FakeContracts.attic());
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(0);
        context.close();
    }

    @Test
    void aStatusIsAnAnswerWhateverItIsAndNoRedirectIsFollowed() throws Exception {
        for (int each : List.of(200, 302, 404, 503)) {
            status = each;
            assertThat(told()).isEqualTo(new Told.Status(each));
        }
        assertThat(paths).containsOnly("GET /").hasSize(4);
    }

    @Test
    void theRequestKeepsTheDeclaredNameWhereverItIsSent() throws Exception {
        told();

        assertThat(hosts).containsExactly("192.0.2.20");
    }

    @Test
    void aRefusedConnectionIsAnAnswerToo() throws Exception {
        server.stop(0);

        assertThat(told()).isInstanceOf(Told.Refused.class);
    }

    @Test
    void onlyDeclaredUrlsAreAsked() throws Exception {
        assertThat(probes.get("http://192.0.2.99/").toCompletableFuture().get(5, TimeUnit.SECONDS))
                .isInstanceOf(Told.Silent.class);
        assertThat(paths).isEmpty();
    }

    private Told told() throws Exception {
        return probes.get(DECLARED).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Wiring toServer() {
        return new Wiring() {
            @Override
            public InetSocketAddress tcp(String host, int port) {
                assertThat(host + ":" + port).isEqualTo("192.0.2.20:80");
                return new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), server.getAddress().getPort());
            }

            @Override
            public InetSocketAddress udp(String host, int port) {
                throw new AssertionError("no datagrams here");
            }
        };
    }
}
