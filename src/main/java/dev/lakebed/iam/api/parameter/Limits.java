package dev.lakebed.iam.api.parameter;

import dev.lakebed.iam.api.parameter.ParameterLimits.StructureList;
import dev.lakebed.iam.api.parameter.ParameterLimits.TextList;
import dev.lakebed.iam.api.parameter.ParameterLimits.TrueOrFalse;
import dev.lakebed.iam.api.parameter.ParameterLimits.WholeNumber;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The limits of all parameters, from the service model of IAM: by name, and by action where actions
 * differ.
 */
public final class Limits {
  /** Entries of a page. */
  public static final WholeNumber MAX_ITEMS = new WholeNumber("MaxItems", 1, 1000);

  /** Longest session of a role, in seconds. */
  public static final WholeNumber MAX_SESSION = new WholeNumber("MaxSessionDuration", 3600, 43_200);

  /** Whether a new version of a policy is in force. */
  public static final TrueOrFalse SET_AS_DEFAULT = new TrueOrFalse("SetAsDefault");

  /** Whether only policies in use are listed. */
  public static final TrueOrFalse ONLY_ATTACHED = new TrueOrFalse("OnlyAttached");

  /** Whether a user must choose a new password. */
  public static final TrueOrFalse RESET = new TrueOrFalse("PasswordResetRequired");

  private static final int NO_LIMIT = 1000;
  private static final Parameter DOCUMENT =
      Parameter.any("policyInputList", 1, Parameter.POLICY_DOCUMENT.most());
  private static final Parameter RESOURCE = Parameter.any("resourceArns", 1, 2048);

  private static final Map<String, ParameterLimits> BY_NAME =
      Stream.of(Parameter.shared(), numbers(), lists())
          .flatMap(Function.identity())
          .collect(Collectors.toUnmodifiableMap(ParameterLimits::name, Function.identity()));

  private static final Map<String, ParameterLimits> BY_ACTION =
      Map.of(
          "CreateUser.UserName", Parameter.CREATED_USER_NAME,
          "CreatePolicy.Path", Parameter.POLICY_PATH,
          "ListPolicies.PathPrefix", Parameter.POLICY_PATH_PREFIX,
          "ListAttachedUserPolicies.PathPrefix", Parameter.POLICY_PATH_PREFIX,
          "ListAttachedGroupPolicies.PathPrefix", Parameter.POLICY_PATH_PREFIX,
          "ListAttachedRolePolicies.PathPrefix", Parameter.POLICY_PATH_PREFIX,
          "ListEntitiesForPolicy.PathPrefix", Parameter.of("PathPrefix", 1, 512, "/(?:[!-~]*/)?"),
          "CreatePolicy.Description", Parameter.DESCRIPTION);

  private Limits() {}

  private static Stream<ParameterLimits> numbers() {
    return Stream.concat(
        Stream.of(
            MAX_ITEMS,
            MAX_SESSION,
            PasswordRules.LENGTH,
            new WholeNumber("MaxPasswordAge", 1, 1095),
            new WholeNumber("PasswordReusePrevention", 1, 24)),
        Stream.of(
                "SetAsDefault OnlyAttached PasswordResetRequired AllUsers RequireSymbols"
                    + " RequireNumbers RequireUppercaseCharacters RequireLowercaseCharacters"
                    + " AllowUsersToChangePassword HardExpiry")
            .flatMap(names -> Stream.of(names.split(" ")))
            .map(TrueOrFalse::new));
  }

  private static Stream<ParameterLimits> lists() {
    return Stream.of(
        new StructureList(
            "Tags",
            TagList.MOST,
            Map.of("Key", Parameter.TAG_KEY, "Value", Parameter.TAG_VALUE),
            Set.of("Key", "Value"),
            Set.of()),
        new StructureList(
            "ContextEntries",
            NO_LIMIT,
            Map.of(
                "ContextKeyName",
                Parameter.any("contextEntries.contextKeyName", 5, 256),
                "ContextKeyType",
                Parameter.CONTEXT_KEY_TYPE),
            Set.of(),
            Set.of("ContextKeyValues")),
        new TextList("TagKeys", 0, TagList.MOST, Parameter.TAG_KEY),
        new TextList("ClientIDList", 0, NO_LIMIT, Parameter.CLIENT_ID),
        new TextList("ThumbprintList", 0, NO_LIMIT, Parameter.any("thumbprintList", 40, 40)),
        new TextList("ActionNames", 0, NO_LIMIT, Parameter.any("actionNames", 3, 128)),
        new TextList("ResourceArns", 0, NO_LIMIT, RESOURCE),
        new TextList("PolicyInputList", 0, NO_LIMIT, DOCUMENT),
        new TextList("PermissionsBoundaryPolicyInputList", 0, NO_LIMIT, DOCUMENT),
        new TextList("Filter", 0, NO_LIMIT, Parameter.ENTITY_FILTER),
        new TextList(
            "ServiceNamespaces", 1, 200, Parameter.of("serviceNamespaces", 1, 64, "[\\w-]*")));
  }

  /** The limits of a parameter of an action. */
  public static ParameterLimits of(String action, String name) {
    return Optional.ofNullable(BY_ACTION.get(action + "." + name))
        .or(() -> Optional.ofNullable(BY_NAME.get(name)))
        .orElseThrow(() -> new IllegalStateException("no limits of " + action + "." + name));
  }
}
