/**
 * Certificates of this server and of its clients' authority: read again when their files change.
 */
@NullMarked
package dev.hologrid.gateway.tls;

import org.jspecify.annotations.NullMarked;
