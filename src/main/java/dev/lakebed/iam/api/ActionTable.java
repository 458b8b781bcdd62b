package dev.lakebed.iam.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** An action that answers something. */
  void answer(String name, Aim.Finder aim, Action.Answer work, String... parameters) {
    add(Action.of(name, List.of(parameters), aim, x -> Optional.of(work.answer(x))));
  }

  /** The same, in pages. */
  void list(String name, Aim.Finder aim, Action.Answer work, String... parameters) {
    List<String> all = new ArrayList<>(List.of(parameters));
    all.addAll(Paging.PARAMETERS);
    add(Action.of(name, all, aim, x -> Optional.of(work.answer(x))));
  }

  /** An action that changes something in one transaction and answers nothing. */
  void change(String name, Aim.Finder aim, Action.Change work, String... parameters) {
    add(
        Action.of(
            name,
            List.of(parameters),
            aim,
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
}
