/** The one front door: decode, append, then acknowledge. */
@NullMarked
package dev.hologrid.gateway.ingest;

import org.jspecify.annotations.NullMarked;
