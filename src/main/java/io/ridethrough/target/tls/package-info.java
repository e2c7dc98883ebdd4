/**
 * Which certificates count. Every target's is pinned, by its authority or by its own fingerprint; nothing is trusted
 * because a public authority says so, and nothing is trusted at first sight.
 */
@NullMarked
package io.ridethrough.target.tls;

import org.jspecify.annotations.NullMarked;
