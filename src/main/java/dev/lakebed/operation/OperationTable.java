package dev.lakebed.operation;

import dev.lakebed.operation.Operation.Effect;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The operations of one service, by what selects them.
 *
 * @param <K> what selects one: a route, an action, a name
 * @param <R> what they take
 */
public final class OperationTable<K, R> {
  private final Map<K, Operation<? super R>> operations;
  private final Map<String, Effect> effects = new LinkedHashMap<>();

  private OperationTable(Map<K, Operation<? super R>> operations) {
    this.operations = new LinkedHashMap<>(operations);
    operations.values().forEach(each -> effects.put(each.name(), each.effect()));
  }

  public static <K, R> Builder<K, R> builder() {
    return new Builder<>();
  }

  public Optional<Operation<? super R>> find(K selector) {
    return Optional.ofNullable(operations.get(selector));
  }

  /** All of them; one that is selected in several ways several times. */
  public Collection<Operation<? super R>> all() {
    return operations.values();
  }

  public Optional<Effect> effect(String name) {
    return Optional.ofNullable(effects.get(name));
  }

  public static final class Builder<K, R> {
    private final Map<K, Operation<? super R>> operations = new LinkedHashMap<>();

    private Builder() {}

    /** Adds one. Fails with IllegalArgumentException when another is selected so. */
    public Builder<K, R> add(K selector, Operation<? super R> operation) {
      if (operations.put(selector, operation) != null) {
        throw new IllegalArgumentException("two operations for " + selector);
      }
      return this;
    }

    public OperationTable<K, R> build() {
      return new OperationTable<>(operations);
    }
  }
}
