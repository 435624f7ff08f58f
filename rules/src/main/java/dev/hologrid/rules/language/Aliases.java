package dev.hologrid.rules.language;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What YAML's aliases may stand for. */
final class Aliases {
  private static final int MOST_NODES = 1_000_000;

  private Aliases() {}

  /** An alias may stand for what is elsewhere, not for what it is a part of. */
  static void refuseCircles(Node root) {
    refuseCircles(root, new ArrayList<>(), new int[1]);
  }

  private static void refuseCircles(Node node, List<Node> around, int[] seen) {
    if (around.stream().anyMatch(each -> each == node)) {
      throw new YAMLException("an alias stands for what it is a part of");
    }
    if (++seen[0] > MOST_NODES) {
      throw new YAMLException("with its aliases it has more than " + MOST_NODES + " parts");
    }
    around.add(node);
    switch (node) {
      case SequenceNode list -> list.getValue().forEach(item -> refuseCircles(item, around, seen));
      case MappingNode mapping ->
          mapping
              .getValue()
              .forEach(
                  tuple -> {
                    refuseCircles(tuple.getKeyNode(), around, seen);
                    refuseCircles(tuple.getValueNode(), around, seen);
                  });
      default -> {}
    }
    around.removeLast();
  }
}
