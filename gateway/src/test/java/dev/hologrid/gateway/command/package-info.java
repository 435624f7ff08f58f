@NullMarked
package dev.hologrid.gateway.command;

import org.jspecify.annotations.NullMarked;
