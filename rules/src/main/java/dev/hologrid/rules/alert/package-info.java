/** What an alert is, and what happens to it. */
@NullMarked
package dev.hologrid.rules.alert;

import org.jspecify.annotations.NullMarked;
