package dev.lakebed.iam.api;

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
final class Limits {
  static final Whole MAX_ITEMS = new Whole("MaxItems", 1, 1000);
  static final Whole MAX_SESSION = new Whole("MaxSessionDuration", 3600, 43_200);
  static final Flag SET_AS_DEFAULT = new Flag("SetAsDefault");
  static final Flag ONLY_ATTACHED = new Flag("OnlyAttached");
  static final Flag RESET = new Flag("PasswordResetRequired");

  private static final int NO_LIMIT = 1000;
  private static final Parameter DOCUMENT =
      Parameter.any("policyInputList", 1, Parameter.POLICY_DOCUMENT.most());
  private static final Parameter RESOURCE = Parameter.any("resourceArns", 1, 2048);

  private static final Map<String, Input> BY_NAME =
      Stream.of(texts(), numbers(), lists())
          .flatMap(Function.identity())
          .collect(Collectors.toUnmodifiableMap(Input::name, Function.identity()));

  private static final Map<String, Input> BY_ACTION =
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

  private static Stream<Input> texts() {
    return Stream.of(
        Parameter.USER_NAME,
        Parameter.NEW_USER_NAME,
        Parameter.GROUP_NAME,
        Parameter.NEW_GROUP_NAME,
        Parameter.ROLE_NAME,
        Parameter.POLICY_NAME,
        Parameter.PROFILE_NAME,
        Parameter.SAML_NAME,
        Parameter.PATH,
        Parameter.NEW_PATH,
        Parameter.PATH_PREFIX,
        Parameter.POLICY_ARN,
        Parameter.BOUNDARY,
        Parameter.VERSION_ID,
        Parameter.ACCESS_KEY_ID,
        Parameter.STATUS,
        Parameter.POLICY_DOCUMENT,
        Parameter.TRUST_DOCUMENT,
        Parameter.ROLE_DESCRIPTION,
        Parameter.URL,
        Parameter.OIDC_ARN,
        Parameter.CLIENT_ID,
        Parameter.SAML_ARN,
        Parameter.SAML_METADATA,
        Parameter.ALIAS,
        Parameter.PASSWORD,
        Parameter.OLD_PASSWORD,
        Parameter.NEW_PASSWORD,
        Parameter.SOURCE_ARN,
        Parameter.ARN,
        Parameter.JOB_ID,
        SimulationInput.CALLER,
        SimulationInput.OWNER,
        SimulationInput.RESOURCE_POLICY,
        PolicyFilter.SCOPE,
        PolicyFilter.USAGE,
        AttachmentActions.ENTITY_FILTER,
        LastAccessActions.GRANULARITY,
        LastAccessActions.NAMESPACE,
        Paging.MARKER,
        SamlActions.ENCRYPTION_MODE,
        SamlActions.ADDED_KEY,
        SamlActions.REMOVED_KEY,
        Parameter.oneOf("AssignmentStatus", "Assigned", "Unassigned", "Any"),
        Parameter.any("ServiceName", 0, NO_LIMIT),
        SimulationInput.HANDLING);
  }

  private static Stream<Input> numbers() {
    return Stream.concat(
        Stream.of(
            MAX_ITEMS,
            MAX_SESSION,
            PasswordRules.LENGTH,
            new Whole("MaxPasswordAge", 1, 1095),
            new Whole("PasswordReusePrevention", 1, 24)),
        Stream.concat(
            Stream.of(SET_AS_DEFAULT, ONLY_ATTACHED, RESET, new Flag("AllUsers")),
            Stream.of(
                    "RequireSymbols",
                    "RequireNumbers",
                    "RequireUppercaseCharacters",
                    "RequireLowercaseCharacters",
                    "AllowUsersToChangePassword",
                    "HardExpiry")
                .map(Flag::new)));
  }

  private static Stream<Input> lists() {
    return Stream.of(
        new Structures(
            "Tags",
            TagList.MOST,
            Map.of("Key", Parameter.TAG_KEY, "Value", Parameter.TAG_VALUE),
            Set.of("Key", "Value"),
            Set.of()),
        new Structures(
            "ContextEntries",
            NO_LIMIT,
            Map.of(
                "ContextKeyName",
                Parameter.any("contextEntries.contextKeyName", 5, 256),
                "ContextKeyType",
                SimulationInput.KEY_TYPE),
            Set.of(),
            Set.of("ContextKeyValues")),
        new Texts("TagKeys", 0, TagList.MOST, Parameter.TAG_KEY),
        new Texts("ClientIDList", 0, NO_LIMIT, Parameter.CLIENT_ID),
        new Texts("ThumbprintList", 0, NO_LIMIT, Parameter.any("thumbprintList", 40, 40)),
        new Texts("ActionNames", 0, NO_LIMIT, Parameter.any("actionNames", 3, 128)),
        new Texts("ResourceArns", 0, NO_LIMIT, RESOURCE),
        new Texts("PolicyInputList", 0, NO_LIMIT, DOCUMENT),
        new Texts("PermissionsBoundaryPolicyInputList", 0, NO_LIMIT, DOCUMENT),
        new Texts("Filter", 0, NO_LIMIT, AttachmentActions.ENTITY_FILTER),
        new Texts(
            "ServiceNamespaces", 1, 200, Parameter.of("serviceNamespaces", 1, 64, "[\\w-]*")));
  }

  /** The limits of a parameter of an action. */
  static Input of(String action, String name) {
    return Optional.ofNullable(BY_ACTION.get(action + "." + name))
        .or(() -> Optional.ofNullable(BY_NAME.get(name)))
        .orElseThrow(() -> new IllegalStateException("no limits of " + action + "." + name));
  }
}
