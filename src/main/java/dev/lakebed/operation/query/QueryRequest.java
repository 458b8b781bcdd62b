package dev.lakebed.operation.query;

import dev.lakebed.http.Request;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryParser.MemberName;
import dev.lakebed.operation.query.QueryParser.Quoted;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The parameters of one Query request, by name. */
public final class QueryRequest {
  private static final int MAX_MEMBERS = 1000;

  private final String action;
  private final Map<String, String> parameters;
  private final Set<String> dotted;

  private QueryRequest(String action, Map<String, String> parameters) {
    this.action = action;
    this.parameters = parameters;
    this.dotted = new HashSet<>();
    for (String name : parameters.keySet()) {
      int dot = name.indexOf('.');
      if (dot >= 0) {
        dotted.add(name.substring(0, dot));
      }
    }
  }

  /**
   * Reads query string and, for POST, the form body.
   *
   * @param version the one version served; a request may leave it out
   * @throws QueryException for another method than GET and POST, parameters that cannot be read or
   *     are given twice, no action, or another version
   * @throws IOException when the body cannot be read or verified
   */
  public static QueryRequest read(Request request, String version) throws IOException {
    if (!request.method().equals("POST") && !request.method().equals("GET")) {
      throw QueryError.METHOD_NOT_ALLOWED.because(
          "Use POST, or GET with the parameters in the query");
    }
    return of(QueryParser.parse(request), version);
  }

  static QueryRequest of(Map<String, String> all, String version) {
    Map<String, String> parameters = new LinkedHashMap<>(all);
    String action = parameters.remove("Action");
    if (action == null || action.isEmpty()) {
      throw QueryError.MISSING_ACTION.because("The parameter Action is missing");
    }
    String asked = parameters.remove("Version");
    if (asked != null && !asked.equals(version)) {
      throw QueryError.INVALID_ACTION.because(
          "Could not find operation %s for version %s"
              .formatted(Quoted.name(action), Quoted.name(asked)));
    }
    return new QueryRequest(action, parameters);
  }

  public String action() {
    return action;
  }

  /**
   * The value of a parameter; empty text is a value. Fails with QueryException when there is {@code
   * name.something}: written as a list, a Policy must not become no policy.
   */
  public Optional<String> text(String name) {
    if (dotted.contains(name)) {
      throw QueryError.VALIDATION_ERROR.because(name + " is no list");
    }
    return Optional.ofNullable(parameters.get(name));
  }

  /** Whether there is such a parameter, as a value or as a list. */
  public boolean has(String name) {
    return parameters.containsKey(name) || dotted.contains(name);
  }

  /**
   * Refuses every parameter whose name, up to the first dot, is not in {@code known}: a misspelt
   * Policy must not become a session without policy.
   */
  public void allowOnly(Set<String> known) {
    for (String name : parameters.keySet()) {
      int dot = name.indexOf('.');
      if (!known.contains(dot < 0 ? name : name.substring(0, dot))) {
        throw QueryError.VALIDATION_ERROR.because(
            "%s has no parameter %s".formatted(action, Quoted.name(name)));
      }
    }
  }

  /** The list {@code name.member.1, name.member.2, …}, by number. */
  public List<String> members(String name) {
    return numbered(name).values().stream().map(fields -> only(name, fields)).toList();
  }

  private static String only(String list, Map<String, String> fields) {
    String value = fields.get("");
    if (value == null || fields.size() > 1) {
      throw QueryError.VALIDATION_ERROR.because("Members of " + list + " must be plain values");
    }
    return value;
  }

  /** The list {@code name.member.1.field, …}, by number, each member with its fields by name. */
  public List<Map<String, String>> structures(String name, Set<String> fields) {
    List<Map<String, String>> members = structures(name);
    for (Map<String, String> member : members) {
      if (!fields.containsAll(member.keySet())) {
        throw QueryError.VALIDATION_ERROR.because(
            "Members of " + name + " have only the fields " + fields);
      }
    }
    return members;
  }

  public List<Map<String, String>> structures(String name) {
    return List.copyOf(numbered(name).values());
  }

  private Map<Integer, Map<String, String>> numbered(String list) {
    Map<Integer, Map<String, String>> members = new TreeMap<>();
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      if (name.equals(list)) {
        // An empty list is sent as "Name=".
        if (!parameter.getValue().isEmpty()) {
          throw QueryError.VALIDATION_ERROR.because(
              list + " is a list; write " + list + ".member.1");
        }
      } else if (name.startsWith(list + ".")) {
        MemberName member = MemberName.parse(name, list.length() + 1);
        members
            .computeIfAbsent(member.number(), number -> new LinkedHashMap<>())
            .put(member.field(), parameter.getValue());
      }
    }
    if (members.size() > MAX_MEMBERS) {
      throw QueryError.VALIDATION_ERROR.because(list + " has too many members");
    }
    return members;
  }
}
