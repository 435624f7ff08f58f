/** Photographs and papers, kept by the hash of their content. */
@NullMarked
package dev.hologrid.gateway.attachment;

import org.jspecify.annotations.NullMarked;
