package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Set;

/** The contract's schemas. */
final class Schemas {
  private final Contract contract = Contract.load();
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  /** What is wrong with the body as an answer of that operation. */
  Set<ValidationMessage> problems(String operation, int status, String body) throws Exception {
    Operation known = contract.operations().get(operation);
    JsonNode responses =
        contract
            .document()
            .path("paths")
            .path(known.path())
            .path(known.method().toLowerCase(java.util.Locale.ROOT))
            .path("responses");
    JsonNode response = responses.path(String.valueOf(status));
    if (response.isMissingNode()) {
      response = contract.document().at("/components/responses/Problem");
    }
    JsonNode schema = response.path("content").elements().next().path("schema");
    ObjectNode whole = Json.MAPPER.createObjectNode();
    whole.set("components", contract.document().path("components"));
    whole.setAll((ObjectNode) schema);
    JsonSchema compiled = factory.getSchema(whole);
    return compiled.validate(Json.MAPPER.readTree(body));
  }
}
