/** Runs the rules over the readings, writes alert events, and knows which alerts fire. */
@NullMarked
package dev.hologrid.gateway.alerting;

import org.jspecify.annotations.NullMarked;
