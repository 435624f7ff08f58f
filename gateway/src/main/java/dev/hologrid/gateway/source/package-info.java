/** Where messages come from. */
@NullMarked
package dev.hologrid.gateway.source;

import org.jspecify.annotations.NullMarked;
