@NullMarked
package dev.hologrid.rules.window;

import org.jspecify.annotations.NullMarked;
