package dev.lakebed.operation.query;

import dev.lakebed.http.Decimal;
import dev.lakebed.operation.query.QueryError.QueryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a request may hold under one name, by the model of a Query service. */
public sealed interface ParameterLimits
    permits ParameterLimits.Value,
        ParameterLimits.TextList,
        ParameterLimits.StructureList,
        ParameterLimits.Required {
  /** As on the wire. */
  String name();

  /** Refuses what breaks the limits, with ValidationError; what is absent breaks none. */
  void check(QueryRequest query);

  /** The same, for an action that does not work without it. */
  default ParameterLimits required() {
    return new Required(this);
  }

  default QueryException missing() {
    return Parameter.violated(name(), "Member must not be null");
  }

  private static void requireBetween(int least, int most, int value, String name, String what) {
    if (value < least || value > most) {
      throw Parameter.violated(
          name,
          "Member must have %s %s than or equal to %s"
              .formatted(what, value < least ? "greater" : "less", value < least ? least : most));
    }
  }

  /** A parameter that a request must hold; an empty list counts. */
  record Required(ParameterLimits limits) implements ParameterLimits {
    @Override
    public String name() {
      return limits.name();
    }

    @Override
    public void check(QueryRequest query) {
      if (!query.has(name())) {
        throw missing();
      }
      limits.check(query);
    }
  }

  sealed interface Value<T> extends ParameterLimits permits Parameter, WholeNumber, TrueOrFalse {
    /** What the text means; ValidationError when it breaks a limit. */
    T parse(String text);

    @Override
    default void check(QueryRequest query) {
      find(query);
    }

    default Optional<T> find(QueryRequest query) {
      return query.text(name()).map(this::parse);
    }
  }

  record WholeNumber(String name, int least, int most) implements Value<Integer> {
    @Override
    public Integer parse(String text) {
      int value =
          Decimal.parse(text, 0, Integer.MAX_VALUE)
              .orElseThrow(() -> Parameter.violated(name, "Member must be a whole number"));
      requireBetween(least, most, value, name, "value");
      return value;
    }
  }

  record TrueOrFalse(String name) implements Value<Boolean> {
    public boolean isTrue(QueryRequest query) {
      return find(query).orElse(false);
    }

    @Override
    public Boolean parse(String text) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw Parameter.violated(name, "Member must be true or false");
      };
    }
  }

  /** The limits of a list of texts, and of each {@code member}. */
  record TextList(String name, int least, int most, Parameter member) implements ParameterLimits {
    /** A list for which the model has no limit. */
    public static TextList of(String name, Parameter member) {
      return new TextList(name, 0, 1000, member);
    }

    @Override
    public void check(QueryRequest query) {
      if (query.has(name)) {
        requireBetween(least, most, query.members(name).size(), name, "length");
        query.members(name).forEach(member::parse);
      }
    }
  }

  /**
   * The limits of a list of structures.
   *
   * @param fields their texts, with limits
   * @param needed which of them each must have
   * @param lists fields that are lists of texts without limits
   */
  record StructureList(
      String name, int most, Map<String, Parameter> fields, Set<String> needed, Set<String> lists)
      implements ParameterLimits {
    @Override
    public void check(QueryRequest query) {
      List<Map<String, String>> members = query.structures(name);
      requireBetween(0, most, members.size(), name, "length");
      members.forEach(this::check);
    }

    private void check(Map<String, String> member) {
      member.forEach(this::check);
      for (String field : needed) {
        if (!member.containsKey(field)) {
          throw Parameter.violated(name + "." + field, "Member must not be null");
        }
      }
    }

    private void check(String field, String value) {
      int dot = field.indexOf('.');
      if (lists.contains(dot < 0 ? field : field.substring(0, dot))) {
        return;
      }
      Optional.ofNullable(fields.get(field))
          .orElseThrow(() -> Parameter.violated(name, "Members have no such field"))
          .parse(value);
    }
  }
}
