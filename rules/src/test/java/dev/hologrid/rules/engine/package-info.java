@NullMarked
package dev.hologrid.rules.engine;

import org.jspecify.annotations.NullMarked;
