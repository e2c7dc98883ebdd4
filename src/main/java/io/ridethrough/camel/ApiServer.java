package io.ridethrough.camel;

import io.ridethrough.api.Reply;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/**
 * The server that the API's routes hang on. It listens before they do and until after they are gone, and lets them answer
 * only while all of them are there: before and after it says that the service starts or stops. What none of them takes
 * has an answer in the form of every other error.
 */
final class ApiServer extends VertxPlatformHttpServer {
    private static final int BEFORE_ALL = -1;
    private static final String AGAIN_AFTER_SECONDS = "1";

    ApiServer(CamelContext context, String host, int port) {
        super(listening(host, port));
        setCamelContext(context);
    }

    private static VertxPlatformHttpServerConfiguration listening(String host, int port) {
        VertxPlatformHttpServerConfiguration where = new VertxPlatformHttpServerConfiguration();
        where.setBindHost(host);
        where.setBindPort(port);
        return where;
    }

    /** Before it listens, so that nobody ever gets the server's own page, nor an API that is there in part. */
    @Override
    protected void initializeServer() {
        super.initializeServer();
        Router router = VertxPlatformHttpRouter.lookup(
                getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(getConfigurationPort()));
        router.route().order(BEFORE_ALL).handler(this::ready);
        router.route().last().handler(ApiServer::unknown);
    }

    private void ready(RoutingContext call) {
        if (getCamelContext().isStarted()) {
            call.next();
            return;
        }
        call.response().putHeader("Retry-After", AGAIN_AFTER_SECONDS);
        answer(call, Reply.notReady());
    }

    private static void unknown(RoutingContext call) {
        answer(
                call,
                Reply.noSuchPath(call.request().method().name(), call.request().path()));
    }

    private static void answer(RoutingContext call, Reply reply) {
        call.response()
                .setStatusCode(reply.status())
                .putHeader("Content-Type", reply.type())
                .end(reply.text());
    }
}
