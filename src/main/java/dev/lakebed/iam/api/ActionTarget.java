package dev.lakebed.iam.api;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.TagKeys;
import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a request is about, for its authorisation.
 *
 * @param arn of the resource that policies name
 * @param named what a refusal calls it, which tells nothing of path and spelling
 * @param entity the entity itself, when there is one, for its tags and boundary
 */
record ActionTarget(String arn, String named, Optional<Entity> entity) {
  ActionTarget(String arn, Optional<Entity> entity) {
    this(arn, arn, entity);
  }

  Permission permission(IamRequest exchange) {
    return permission(exchange, exchange.query().action());
  }

  /** The right to an action that the request asks for, perhaps beside others. */
  Permission permission(IamRequest exchange, String action) {
    return new Permission(
        "iam:" + action, resource(exchange.account()), new IamKeys(exchange.query(), entity));
  }

  /**
   * What policies are asked about. What belongs to another account needs a policy of that account,
   * which IAM does not have.
   */
  Resource resource(String own) {
    String[] parts = arn.split(":", 6);
    boolean foreign = parts.length == 6 && parts[4].matches("\\d{12}");
    return Resource.of(arn, foreign ? parts[4] : own).named(named);
  }

  @FunctionalInterface
  interface Finder {
    ActionTarget find(IamRequest exchange);
  }

  /** Of actions that have no resource. */
  static final Finder ACCOUNT = exchange -> none("*");

  /** Where nothing is, or what is more than one entity. */
  private static ActionTarget none(String arn) {
    return new ActionTarget(arn, Optional.empty());
  }

  /** The entity that a parameter names, or where it would be. */
  static Finder named(Kind kind, Parameter name) {
    return exchange -> of(exchange, kind, exchange.require(name));
  }

  /** The user that UserName names, or the caller when it is left out. */
  static final Finder USER =
      exchange -> {
        IamRequest.Named user = exchange.user();
        return of(exchange, user.kind(), user.name());
      };

  static final Finder SELF = exchange -> of(exchange, Kind.USER, exchange.self().name());

  static Finder created(Kind kind, Parameter name, Parameter path) {
    return x -> none(kind.arn(x.account(), x.find(path).orElse("/"), x.require(name)));
  }

  static Finder all(Kind kind) {
    return x -> none(kind.arn(x.account(), "/", ""));
  }

  static Finder listed(Kind kind) {
    return x -> none(kind.arn(x.account(), x.pathPrefix(), ""));
  }

  static Finder byArn(Parameter parameter) {
    return exchange -> {
      String arn = exchange.require(parameter);
      return new ActionTarget(arn, exchange.read(inventory -> inventory.find(arn)));
    };
  }

  private static ActionTarget of(IamRequest exchange, Kind kind, String name) {
    return exchange.read(inventory -> of(inventory, kind, name));
  }

  /** The entity of that name, or where it would be. */
  static ActionTarget of(Inventory inventory, Kind kind, String name) {
    Optional<Entity> entity = inventory.find(kind, name);
    String named = kind.arn(inventory.account(), kind == Kind.ROOT ? "" : "/", name);
    return new ActionTarget(entity.map(Entity::arn).orElse(named), named, entity);
  }

  /**
   * Condition keys of an IAM request.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html">AWS,
   *     actions and condition keys of IAM</a>
   */
  record IamKeys(QueryRequest query, Optional<Entity> entity) implements Keys {
    @Override
    public List<String> values(String key) {
      return switch (key) {
        case "iam:policyarn" -> query.text("PolicyArn").stream().toList();
        case "iam:permissionsboundary" ->
            query.text("PermissionsBoundary").or(() -> entity.flatMap(Entity::boundary)).stream()
                .toList();
        default -> tags().values(key);
      };
    }

    private Keys tags() {
      Map<String, String> existing = entity.map(Entity::tags).orElse(Map.of());
      Map<String, String> requested = new LinkedHashMap<>();
      for (Map<String, String> tag : query.structures("Tags", Set.of("Key", "Value"))) {
        requested.put(tag.getOrDefault("Key", ""), tag.getOrDefault("Value", ""));
      }
      return RequestTags.of(requested)
          .or(RequestTags.named(query.members("TagKeys")))
          .or(TagKeys.of(TagKeys.RESOURCE, existing))
          .or(TagKeys.of("iam:resourcetag/", existing));
    }
  }

  /**
   * What actions are about; {@code inlineQuota} are the most characters of all inline policies of
   * one together, without white space.
   */
  record ResourceType(Kind kind, String noun, Parameter parameter, int inlineQuota) {
    static final ResourceType USER = of(Kind.USER, "User", IamParameter.USER_NAME, 2048);
    static final ResourceType GROUP = of(Kind.GROUP, "Group", IamParameter.GROUP_NAME, 5120);
    static final ResourceType ROLE = of(Kind.ROLE, "Role", IamParameter.ROLE_NAME, 10_240);
    static final ResourceType POLICY = of(Kind.POLICY, "Policy", IamParameter.POLICY_ARN, 0);
    static final ResourceType INSTANCE_PROFILE =
        of(Kind.INSTANCE_PROFILE, "InstanceProfile", IamParameter.PROFILE_NAME, 0);
    static final ResourceType OIDC_PROVIDER =
        of(Kind.OIDC_PROVIDER, "OpenIDConnectProvider", IamParameter.OIDC_ARN, 0);
    static final ResourceType SAML_PROVIDER =
        of(Kind.SAML_PROVIDER, "SAMLProvider", IamParameter.SAML_ARN, 0);

    private static ResourceType of(Kind kind, String noun, Parameter parameter, int inlineQuota) {
      return new ResourceType(kind, noun, parameter, inlineQuota);
    }

    ParameterLimits required() {
      return parameter.required();
    }

    private boolean byArn() {
      return parameter.name().endsWith("Arn");
    }

    /** The one that the parameter names is what the action is authorised on. */
    ActionTarget.Finder target() {
      return byArn() ? ActionTarget.byArn(parameter) : ActionTarget.named(kind, parameter);
    }

    /** The one that the parameter names; NoSuchEntity when there is none. */
    Entity require(Inventory inventory, IamRequest x) {
      String value = x.require(parameter);
      return byArn() ? inventory.requireArn(kind, value) : inventory.require(kind, value);
    }

    Entity changeable(Inventory inventory, IamRequest x) {
      return Inventory.changeable(require(inventory, x));
    }
  }
}
