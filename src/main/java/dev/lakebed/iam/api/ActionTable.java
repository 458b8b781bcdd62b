package dev.lakebed.iam.api;

import dev.lakebed.auth.Permission;
import dev.lakebed.iam.api.AccountActions.EmptyLists;
import dev.lakebed.iam.api.InlinePolicyActions.BoundaryActions;
import dev.lakebed.iam.api.PasswordActions.PasswordPolicyActions;
import dev.lakebed.iam.api.SimulationActions.ContextKeyActions;
import dev.lakebed.iam.api.parameter.Limits;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.iam.api.parameter.ParameterLimits;
import dev.lakebed.iam.api.parameter.TagList;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All actions that are built, by name. */
final class ActionTable {
  private final Map<String, Action> actions = new HashMap<>();

  private ActionTable() {}

  /** All of them. */
  static ActionTable built() {
    ActionTable table = new ActionTable();
    UserActions.addTo(table);
    AccessKeyActions.addTo(table);
    EmptyLists.addTo(table);
    GroupActions.addTo(table);
    RoleActions.addTo(table);
    PolicyActions.addTo(table);
    PolicyVersionActions.addTo(table);
    AttachmentActions.addTo(table);
    InlinePolicyActions.addTo(table);
    BoundaryActions.addTo(table);
    TagActions.addTo(table);
    InstanceProfileActions.addTo(table);
    OidcActions.addTo(table);
    SamlActions.addTo(table);
    AccountActions.addTo(table);
    PasswordActions.addTo(table);
    PasswordPolicyActions.addTo(table);
    SimulationActions.addTo(table);
    ContextKeyActions.addTo(table);
    ReportActions.addTo(table);
    LastAccessActions.addTo(table);
    return table;
  }

  /**
   * An action that answers something.
   *
   * @param parameters names with spaces between; a star behind one says that it is required
   */
  void answer(String name, ActionTarget.Finder target, Action.Answer work, String parameters) {
    add(Action.of(name, parameters, target, x -> Optional.of(work.answer(x))));
  }

  /** The same without parameters. */
  void answer(String name, ActionTarget.Finder target, Action.Answer work) {
    answer(name, target, work, "");
  }

  /** The same, in pages. */
  void list(String name, ActionTarget.Finder target, Action.Answer work, String parameters) {
    answer(name, target, work, parameters + " " + Paging.PARAMETERS);
  }

  /** An action that changes something in one transaction and answers nothing. */
  void change(String name, ActionTarget.Finder target, Action.Change work, String parameters) {
    add(
        Action.of(
            name,
            parameters,
            target,
            x -> {
              x.write(
                  inventory -> {
                    work.change(inventory, x);
                    return inventory;
                  });
              return Optional.empty();
            }));
  }

  private void add(Action action) {
    if (actions.put(action.name(), action) != null) {
      throw new IllegalStateException("two actions " + action.name());
    }
  }

  Optional<Action> find(String name) {
    return Optional.ofNullable(actions.get(name));
  }

  /**
   * One action of the API.
   *
   * @param inputs parameters it knows, by name; any other is refused
   * @param required names of those it must have
   * @param target what it is authorised on, as {@code iam:<name>}
   * @param work what it does once it is allowed
   */
  record Action(
      String name,
      Map<String, ParameterLimits> inputs,
      Set<String> required,
      ActionTarget.Finder target,
      Work work) {
    private static final String CREATE = "Create";

    static Action of(String name, String parameters, ActionTarget.Finder target, Work work) {
      List<String> all = Stream.of(parameters.split(" ")).filter(text -> !text.isEmpty()).toList();
      return new Action(
          name,
          all.stream()
              .map(Action::plain)
              .collect(Collectors.toMap(Function.identity(), plain -> Limits.of(name, plain))),
          all.stream()
              .filter(text -> text.endsWith("*"))
              .map(Action::plain)
              .collect(Collectors.toSet()),
          target,
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
      for (Map.Entry<String, ParameterLimits> input : inputs.entrySet()) {
        if (input.getValue().isIn(query)) {
          input.getValue().check(query);
        } else if (required.contains(input.getKey())) {
          throw input.getValue().missing();
        }
      }
    }

    /**
     * The rights it takes: its own and, when what it makes is to have tags, that to tag such a
     * thing. Else tags could be given by who may not give them.
     */
    List<Permission> permissions(IamRequest exchange) {
      ActionTarget on = target.find(exchange);
      Permission own = on.permission(exchange);
      return name.startsWith(CREATE) && TagList.isIn(exchange.query())
          ? List.of(own, on.permission(exchange, "Tag" + name.substring(CREATE.length())))
          : List.of(own);
    }

    /** What an action does. */
    @FunctionalInterface
    interface Work {
      /** The inside of the answer; empty for an action that answers nothing. */
      Optional<QueryXml.Content> run(IamRequest exchange);
    }

    /** Work whose answer has content. */
    @FunctionalInterface
    interface Answer {
      QueryXml.Content answer(IamRequest exchange);
    }

    /** Work without content. */
    @FunctionalInterface
    interface Change {
      void change(Inventory inventory, IamRequest exchange);
    }
  }
}
