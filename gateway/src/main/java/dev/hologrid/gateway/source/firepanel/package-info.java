/** Fire panels by GB/T 26875.3-2011 over TCP: confirmed after storing, fire first. */
@NullMarked
package dev.hologrid.gateway.source.firepanel;

import org.jspecify.annotations.NullMarked;
