package dev.hologrid.gateway.http;

import java.util.Map;

/** Some operations of openapi.yaml, by their operationId. */
interface Resource {
  Map<String, Endpoint> endpoints();
}
