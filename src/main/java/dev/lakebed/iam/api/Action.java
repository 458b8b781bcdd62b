package dev.lakebed.iam.api;

import dev.lakebed.auth.Permission;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One action of the API.
 *
 * @param inputs parameters it knows, by name; any other is refused
 * @param required names of those it must have
 * @param aim what it is authorised on, as {@code iam:<name>}
 * @param work what it does once it is allowed
 */
record Action(
    String name, Map<String, Input> inputs, Set<String> required, Aim.Finder aim, Work work) {
  private static final String CREATE = "Create";

  /**
   * An action with its parameters.
   *
   * @param parameters names; a star behind one says that it is required
   */
  static Action of(String name, Collection<String> parameters, Aim.Finder aim, Work work) {
    return new Action(
        name,
        parameters.stream()
            .map(Action::plain)
            .collect(Collectors.toMap(Function.identity(), plain -> Limits.of(name, plain))),
        parameters.stream()
            .filter(text -> text.endsWith("*"))
            .map(Action::plain)
            .collect(Collectors.toSet()),
        aim,
        work);
  }

  private static String plain(String text) {
    return text.endsWith("*") ? text.substring(0, text.length() - 1) : text;
  }

  /** The parameters it knows. */
  Set<String> parameters() {
    return inputs.keySet();
  }

  /** Refuses a request that breaks a limit or lacks what is required. */
  void check(QueryRequest query) {
    for (Map.Entry<String, Input> input : inputs.entrySet()) {
      if (input.getValue().isIn(query)) {
        input.getValue().check(query);
      } else if (required.contains(input.getKey())) {
        throw input.getValue().missing();
      }
    }
  }

  /**
   * The rights it takes: its own and, when what it makes is to have tags, that to tag such a thing.
   * Else tags could be given by who may not give them.
   */
  List<Permission> permissions(Exchange exchange) {
    Aim target = aim.find(exchange);
    Permission own = target.permission(exchange);
    return name.startsWith(CREATE) && TagList.isIn(exchange.query())
        ? List.of(own, target.permission(exchange, "Tag" + name.substring(CREATE.length())))
        : List.of(own);
  }

  /** What an action does. */
  @FunctionalInterface
  interface Work {
    /** The inside of the answer; empty for an action that answers nothing. */
    Optional<QueryXml.Content> run(Exchange exchange);
  }

  /** Work whose answer has content. */
  @FunctionalInterface
  interface Answer {
    QueryXml.Content answer(Exchange exchange);
  }

  /** Work without content. */
  @FunctionalInterface
  interface Change {
    void change(Inventory inventory, Exchange exchange);
  }
}
