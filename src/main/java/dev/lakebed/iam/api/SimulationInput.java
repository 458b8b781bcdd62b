package dev.lakebed.iam.api;

import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.model.User;
import dev.lakebed.metadata.iam.Entity;
import dev.lakebed.metadata.iam.Kind;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Subject;
import dev.lakebed.query.QueryError;
import dev.lakebed.query.QueryException;
import dev.lakebed.query.QueryRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parameters of a simulation. */
final class SimulationInput {
  static final Parameter CALLER = Parameter.any("CallerArn", 1, 2048);
  static final Parameter OWNER = Parameter.any("ResourceOwner", 1, 2048);
  static final Parameter RESOURCE_POLICY = Parameter.any("ResourcePolicy", 1, 131_072);
  static final Parameter KEY_TYPE =
      Parameter.oneOf(
          "contextEntries.contextKeyType",
          "string",
          "stringList",
          "numeric",
          "numericList",
          "boolean",
          "booleanList",
          "ip",
          "ipList",
          "binary",
          "binaryList",
          "date",
          "dateList");
  private static final int MOST_ENTRIES = 100;

  private SimulationInput() {}

  static List<String> actions(QueryRequest query) {
    List<String> actions = query.members("ActionNames");
    for (String action : actions) {
      NewEntity.refuse(
          !action.matches("[A-Za-z0-9-]{1,64}:[A-Za-z0-9]{1,64}"),
          QueryError.INVALID_INPUT,
          "Invalid action name; write service:Action");
    }
    return actions;
  }

  static List<String> resources(QueryRequest query) {
    List<String> resources = query.members("ResourceArns");
    return resources.isEmpty() ? List.of("*") : resources;
  }

  static List<Policy> resourcePolicies(Exchange x) {
    return x.find(RESOURCE_POLICY)
        .map(
            document -> {
              Documents.parsed(document, Policy.Kind.RESOURCE);
              return List.of(Policy.parse("ResourcePolicy", document, Policy.Kind.RESOURCE));
            })
        .orElseGet(List::of);
  }

  static String owner(Exchange x) {
    return x.find(OWNER)
        .map(
            text -> {
              String account = text.startsWith("arn:aws:iam::") ? text.split(":", 6)[4] : text;
              NewEntity.refuse(
                  !account.matches("\\d{12}"),
                  QueryError.INVALID_INPUT,
                  "ResourceOwner must be an account");
              return account;
            })
        .orElse(x.account());
  }

  /** Who asks: CallerArn, or the principal whose policies are simulated, or some user. */
  static Subject caller(Exchange x, Optional<Entity> source) {
    String arn =
        x.find(CALLER)
            .or(() -> source.map(Entity::arn))
            .orElseGet(() -> Kind.USER.arn(x.account(), "/", "simulated"));
    String[] parts = arn.split(":", 6);
    if (parts.length != 6 || !parts[4].matches("\\d{12}")) {
      throw new QueryException(QueryError.INVALID_INPUT, "CallerArn is no ARN of a principal");
    }
    Optional<String> id = x.read(inventory -> Arns.find(inventory, arn)).map(Entity::id);
    return parts[5].startsWith("role/")
        ? new Subject(
            Subject.Kind.ROLE_SESSION,
            parts[4],
            "arn:aws:sts::%s:assumed-role/%s/simulated"
                .formatted(parts[4], parts[5].substring(parts[5].lastIndexOf('/') + 1)),
            Optional.of(arn),
            id.map(role -> role + ":simulated").orElse(""))
        : new Subject(Subject.Kind.USER, parts[4], arn, Optional.empty(), id.orElse(""));
  }

  /** Policies that the configuration gives in other forms than documents are taken compiled. */
  static List<Policy> compiled(Exchange x, Entity entity) {
    if (!entity.configured()) {
      return List.of();
    }
    return switch (entity.kind()) {
      case USER -> x.configured().user(entity.arn()).map(User::policies).orElseGet(List::of);
      case ROLE ->
          RoleArn.parse(entity.arn(), x.account())
              .flatMap(x.configured()::role)
              .map(Role::policies)
              .orElseGet(List::of);
      case ROOT, GROUP, POLICY, INSTANCE_PROFILE, OIDC_PROVIDER, SAML_PROVIDER -> List.of();
    };
  }

  /** ContextEntries by key in lower case. */
  static Map<String, List<String>> context(QueryRequest query) {
    Map<String, List<String>> context = new HashMap<>();
    for (int entry = 1; ; entry++) {
      String stem = "ContextEntries.member." + entry;
      Optional<String> name = query.text(stem + ".ContextKeyName");
      if (name.isEmpty()) {
        return context;
      }
      NewEntity.refuse(
          entry > MOST_ENTRIES,
          QueryError.INVALID_INPUT,
          "ContextEntries has more than " + MOST_ENTRIES + " members");
      List<String> values = new ArrayList<>();
      Optional<String> value = query.text(stem + ".ContextKeyValues.member.1");
      while (value.isPresent()) {
        values.add(value.get());
        value = query.text(stem + ".ContextKeyValues.member." + (values.size() + 1));
      }
      context.put(name.get().toLowerCase(Locale.ROOT), values);
    }
  }
}
