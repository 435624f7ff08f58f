/** The same rules on the same readings through several engines, and what each needs for it. */
@NullMarked
package dev.hologrid.peers;

import org.jspecify.annotations.NullMarked;
