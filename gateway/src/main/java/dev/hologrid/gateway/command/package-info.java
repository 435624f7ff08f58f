/** What {@code ./hologrid} understands. */
@NullMarked
package dev.hologrid.gateway.command;

import org.jspecify.annotations.NullMarked;
