@NullMarked
package dev.hologrid.rules.testing;

import org.jspecify.annotations.NullMarked;
