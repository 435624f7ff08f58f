/**
 * What was sent and what was acknowledged, kept by the sender, and the check against the gateway.
 */
@NullMarked
package dev.hologrid.simulator.ledger;

import org.jspecify.annotations.NullMarked;
