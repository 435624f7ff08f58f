/** Windows over event time, kept up reading by reading and never scanned again. */
@NullMarked
package dev.hologrid.rules.window;

import org.jspecify.annotations.NullMarked;
