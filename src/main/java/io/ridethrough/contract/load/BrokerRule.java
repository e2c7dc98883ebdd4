package io.ridethrough.contract.load;

/** A broker whose certificate is pinned is spoken to with TLS, and one that is spoken to with TLS is pinned. */
final class BrokerRule {
    private BrokerRule() {}

    /** @param at what names {@code broker} and {@code tls}; nothing is said of what is not there */
    static void check(At at, Reports reports) {
        At broker = at.get("broker");
        String uri = broker.text().orElse("");
        boolean pinned = at.get("tls").present();
        if (uri.startsWith("ssl:") && !pinned) {
            reports.warning(
                    broker,
                    "no certificate is pinned for the broker " + Words.quoted(uri) + ": it is not connected to",
                    "declare tls beside it, its authority or its fingerprint");
        }
        if (uri.startsWith("tcp:") && pinned) {
            reports.error(
                    at.get("tls"),
                    "the broker " + Words.quoted(uri) + " is spoken to without TLS, whatever is pinned",
                    "write ssl:// and its port for TLS, or leave tls out");
        }
    }
}
