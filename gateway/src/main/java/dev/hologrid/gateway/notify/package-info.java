/** Tells the outside of incidents: one channel per target, from the transactional outbox. */
@NullMarked
package dev.hologrid.gateway.notify;

import org.jspecify.annotations.NullMarked;
