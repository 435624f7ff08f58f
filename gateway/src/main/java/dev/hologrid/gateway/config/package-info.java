/** One YAML file, one record per section next to its code; every problem reported at once. */
@NullMarked
package dev.hologrid.gateway.config;

import org.jspecify.annotations.NullMarked;
