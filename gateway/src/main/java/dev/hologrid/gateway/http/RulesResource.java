package dev.hologrid.gateway.http;

import dev.hologrid.gateway.alerting.Alerting;
import dev.hologrid.gateway.alerting.RunningRule;
import dev.hologrid.gateway.component.Component;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The rules that run, and why others do not. */
final class RulesResource implements Resource {
  private final Supplier<List<Component>> components;

  RulesResource(Supplier<List<Component>> components) {
    this.components = components;
  }

  private record Rules(List<RunningRule> rules, List<File> files, List<String> errors) {}

  private record File(String name, String text) {}

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("listRules", this::list);
  }

  private Future<Answer> list(Call call) {
    Alerting alerting = Alerting.among(components.get());
    if (alerting == null) {
      return Future.succeededFuture(Answer.json(new Rules(List.of(), List.of(), List.of())));
    }
    List<File> files =
        alerting.files().entrySet().stream()
            .map(each -> new File(each.getKey(), each.getValue()))
            .toList();
    return Future.succeededFuture(
        Answer.json(new Rules(alerting.running(), files, alerting.issues())));
  }
}
