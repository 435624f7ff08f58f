/** The console and the officers' page in a real browser, against the real server. */
@NullMarked
package dev.hologrid.gateway.console;

import org.jspecify.annotations.NullMarked;
