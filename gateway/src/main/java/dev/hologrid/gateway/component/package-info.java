/** What every part of the server has in common: a name, a check, an end. */
@NullMarked
package dev.hologrid.gateway.component;

import org.jspecify.annotations.NullMarked;
