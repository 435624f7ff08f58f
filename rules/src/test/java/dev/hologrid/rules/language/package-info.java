@NullMarked
package dev.hologrid.rules.language;

import org.jspecify.annotations.NullMarked;
