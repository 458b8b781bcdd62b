package dev.lakebed.iam.api;

import dev.lakebed.auth.Permission;
import dev.lakebed.iam.api.AccountActions.EmptyLists;
import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.InlinePolicyActions.BoundaryActions;
import dev.lakebed.iam.api.PasswordActions.PasswordPolicyActions;
import dev.lakebed.iam.api.SimulationActions.ContextKeyActions;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.iam.api.parameter.TagList;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All actions that are built, by name. */
final class ActionTable {
  private final Map<String, Action> actions = new HashMap<>();

  private ActionTable() {}

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

  /** An action that answers something. */
  void answer(
      String name, ActionTarget.Finder target, Action.Answer work, ParameterLimits... parameters) {
    add(Action.of(name, target, x -> Optional.of(work.answer(x)), Stream.of(parameters)));
  }

  void list(
      String name, ActionTarget.Finder target, Action.Answer work, ParameterLimits... parameters) {
    answer(name, target, work, with(parameters, Paging.MARKER, Paging.MAX_ITEMS));
  }

  /** An action that changes something in one transaction and answers nothing. */
  void change(
      String name, ActionTarget.Finder target, Action.Change work, ParameterLimits... parameters) {
    Action.Work change =
        x -> {
          x.write(
              inventory -> {
                work.change(inventory, x);
                return inventory;
              });
          return Optional.empty();
        };
    add(Action.of(name, target, change, Stream.of(parameters)));
  }

  static ParameterLimits[] with(ParameterLimits[] some, ParameterLimits... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(ParameterLimits[]::new);
  }

  /** Actions on one entity, which the request names by the parameter of its type. */
  EntityActions on(ResourceType type) {
    return new EntityActions(this, type.required(), type.target(), type::require);
  }

  /** Actions on the user that the request names, or on who calls when it names none. */
  EntityActions onUser(ParameterLimits name) {
    return new EntityActions(
        this, name, ActionTarget.USER, (inventory, x) -> inventory.require(x.user()));
  }

  /** Actions on the managed policy that the request names. */
  EntityActions onPolicy() {
    return new EntityActions(
        this,
        IamParameter.POLICY_ARN.required(),
        ActionTarget.byArn(IamParameter.POLICY_ARN),
        (inventory, x) -> inventory.policy(x.require(IamParameter.POLICY_ARN)));
  }

  /** ListUsers and its like. */
  void listAll(String name, Kind kind, String list, QueryXml.Entry<Entity> entry) {
    list(
        name,
        ActionTarget.listed(kind),
        x -> x.pageOfKind(kind, list, entry),
        IamParameter.PATH_PREFIX);
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
   * @param target what it is authorised on, as {@code iam:<name>}
   * @param work what it does once it is allowed
   */
  record Action(
      String name, Map<String, ParameterLimits> inputs, ActionTarget.Finder target, Work work) {
    private static final String CREATE = "Create";

    static Action of(
        String name, ActionTarget.Finder target, Work work, Stream<ParameterLimits> parameters) {
      return new Action(
          name,
          parameters.collect(Collectors.toMap(ParameterLimits::name, Function.identity())),
          target,
          work);
    }

    /** The parameters it knows. */
    Set<String> parameters() {
      return inputs.keySet();
    }

    /** Refuses a request that breaks a limit or lacks what is required. */
    void check(QueryRequest query) {
      inputs.values().forEach(input -> input.check(query));
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

    @FunctionalInterface
    interface Work {
      /** The inside of the answer; empty for an action that answers nothing. */
      Optional<QueryXml.Content> run(IamRequest exchange);
    }

    @FunctionalInterface
    interface Answer {
      QueryXml.Content answer(IamRequest exchange);
    }

    @FunctionalInterface
    interface Change {
      void change(Inventory inventory, IamRequest exchange);
    }
  }

  /** Declares actions of one shape: they find their entity and are authorised on its ARN. */
  record EntityActions(
      ActionTable table,
      ParameterLimits parameter,
      ActionTarget.Finder target,
      BiFunction<Inventory, IamRequest, Entity> entity) {
    /** An action that tells of the entity as one transaction sees it. */
    void answer(String name, Answer work, ParameterLimits... others) {
      table.answer(name, target, reading(work), with(others, parameter));
    }

    void list(String name, Answer work, ParameterLimits... others) {
      table.list(name, target, reading(work), with(others, parameter));
    }

    /** An action that changes the entity, or what it has, and answers nothing. */
    void change(String name, Change work, ParameterLimits... others) {
      table.change(
          name,
          target,
          (inventory, x) -> work.change(inventory, changeable(inventory, x), x),
          with(others, parameter));
    }

    /** An action that changes the entity and answers something. */
    void update(String name, Answer work, ParameterLimits... others) {
      table.answer(
          name,
          target,
          x -> x.write(inventory -> work.answer(inventory, changeable(inventory, x), x)),
          with(others, parameter));
    }

    private Action.Answer reading(Answer work) {
      return x -> x.read(inventory -> work.answer(inventory, entity.apply(inventory, x), x));
    }

    private Entity changeable(Inventory inventory, IamRequest x) {
      return Inventory.changeable(entity.apply(inventory, x));
    }

    /** Work on the entity whose answer has content, written when the transaction is over. */
    @FunctionalInterface
    interface Answer {
      QueryXml.Content answer(Inventory inventory, Entity entity, IamRequest exchange);
    }

    @FunctionalInterface
    interface Change {
      void change(Inventory inventory, Entity entity, IamRequest exchange);
    }
  }
}
