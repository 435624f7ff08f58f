/** What is put by for the day on which the disk is full. */
@NullMarked
package dev.hologrid.gateway.disk;

import org.jspecify.annotations.NullMarked;
