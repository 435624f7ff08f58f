/** What readings mean: readings in, alert events out. No I/O, no threads, no clock. */
@NullMarked
package dev.hologrid.rules;

import org.jspecify.annotations.NullMarked;
