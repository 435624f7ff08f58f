/** Rules tried out in virtual time: unit tests in YAML, and back-tests on what was recorded. */
@NullMarked
package dev.hologrid.rules.testing;

import org.jspecify.annotations.NullMarked;
