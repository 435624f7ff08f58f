/** The record of security decisions, as a hash chain that shows every change. */
@NullMarked
package dev.hologrid.gateway.audit;

import org.jspecify.annotations.NullMarked;
