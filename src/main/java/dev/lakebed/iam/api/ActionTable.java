package dev.lakebed.iam.api;

import dev.lakebed.auth.Permission;
import dev.lakebed.iam.api.AccountActions.EmptyLists;
import dev.lakebed.iam.api.ActionTarget.Finder;
import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.InlinePolicyActions.BoundaryActions;
import dev.lakebed.iam.api.PasswordActions.PasswordPolicyActions;
import dev.lakebed.iam.api.SimulationActions.ContextKeyActions;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.iam.api.parameter.TagList;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.operation.query.QueryXml.Content;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
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

  void answer(String name, Finder target, Answer work, ParameterLimits... parameters) {
    add(name, target, x -> Optional.of(work.apply(x)), parameters);
  }

  void list(String name, Finder target, Answer work, ParameterLimits... parameters) {
    answer(name, target, work, with(parameters, Paging.MARKER, Paging.MAX_ITEMS));
  }

  /** CreateUser and its like, authorised on the ARN that the entity will have. */
  void create(
      ResourceType type, Parameter name, Parameter path, Answer work, ParameterLimits... others) {
    Finder target = ActionTarget.created(type.kind(), name, path);
    answer("Create" + type.noun(), target, work, with(others, name.required(), path));
  }

  /** An action that changes something in one transaction and answers nothing. */
  void change(
      String name,
      Finder target,
      BiConsumer<Inventory, IamRequest> work,
      ParameterLimits... parameters) {
    add(
        name,
        target,
        x ->
            x.write(
                inventory -> {
                  work.accept(inventory, x);
                  return Optional.empty();
                }),
        parameters);
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

  EntityActions onPolicy() {
    return new EntityActions(
        this,
        IamParameter.POLICY_ARN.required(),
        ActionTarget.byArn(IamParameter.POLICY_ARN),
        (inventory, x) -> inventory.policy(x.require(IamParameter.POLICY_ARN)));
  }

  void listAll(Kind kind, String list, QueryXml.Entry<Entity> entry) {
    list(
        "List" + list,
        ActionTarget.listed(kind),
        x -> x.pageOfKind(kind, list, entry),
        IamParameter.PATH_PREFIX);
  }

  private void add(
      String name,
      Finder target,
      Function<IamRequest, Optional<Content>> work,
      ParameterLimits[] parameters) {
    Map<String, ParameterLimits> inputs =
        Stream.of(parameters).collect(Collectors.toMap(ParameterLimits::name, input -> input));
    if (actions.put(name, new Action(name, inputs, target, work)) != null) {
      throw new IllegalStateException("two actions " + name);
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
   * @param work what it does once it is allowed; the inside of its answer, if it has one
   */
  record Action(
      String name,
      Map<String, ParameterLimits> inputs,
      Finder target,
      Function<IamRequest, Optional<Content>> work) {
    private static final String CREATE = "Create";

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
  }

  /** The inside of the answer to a request. */
  interface Answer extends Function<IamRequest, Content> {}

  /** Declares actions of one shape: they find their entity and are authorised on its ARN. */
  record EntityActions(
      ActionTable table,
      ParameterLimits parameter,
      Finder target,
      BiFunction<Inventory, IamRequest, Entity> entity) {
    /** An action that tells of the entity as one transaction sees it. */
    void answer(String name, Telling work, ParameterLimits... others) {
      table.answer(name, target, reading(work), with(others, parameter));
    }

    void list(String name, Telling work, ParameterLimits... others) {
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

    void update(String name, Telling work, ParameterLimits... others) {
      table.answer(
          name,
          target,
          x -> x.write(inventory -> work.answer(inventory, changeable(inventory, x), x)),
          with(others, parameter));
    }

    private Answer reading(Telling work) {
      return x -> x.read(inventory -> work.answer(inventory, entity.apply(inventory, x), x));
    }

    private Entity changeable(Inventory inventory, IamRequest x) {
      return Inventory.changeable(entity.apply(inventory, x));
    }

    /** Work on the entity whose answer has content, written when the transaction is over. */
    interface Telling {
      Content answer(Inventory inventory, Entity entity, IamRequest exchange);
    }

    interface Change {
      void change(Inventory inventory, Entity entity, IamRequest exchange);
    }
  }
}
