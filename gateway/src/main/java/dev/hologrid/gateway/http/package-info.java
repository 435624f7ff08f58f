/**
 * The REST interface of openapi.yaml, the live stream's endpoints, health, metrics, the console.
 */
@NullMarked
package dev.hologrid.gateway.http;

import org.jspecify.annotations.NullMarked;
