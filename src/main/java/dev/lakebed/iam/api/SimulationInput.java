package dev.lakebed.iam.api;

import dev.lakebed.iam.api.NewEntity.PolicyInput;
import dev.lakebed.iam.api.parameter.ContextEntries;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.ParameterLimits.TextList;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Subject;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters of a simulation, with the rules of the API reference. */
final class SimulationInput {
  static final ParameterLimits POLICIES = documents("PolicyInputList");

  private static final ParameterLimits BOUNDARIES = documents("PermissionsBoundaryPolicyInputList");
  private static final ParameterLimits ACTIONS = texts("ActionNames", 3, 128);
  private static final ParameterLimits RESOURCES = texts("ResourceArns", 1, 2048);
  private static final Parameter CALLER_ARN = Parameter.any("CallerArn", 1, 2048);
  private static final Parameter RESOURCE_OWNER = Parameter.any("ResourceOwner", 1, 2048);
  private static final Parameter RESOURCE_POLICY = Parameter.any("ResourcePolicy", 1, 131_072);
  private static final Parameter RESOURCE_HANDLING = Parameter.any("ResourceHandlingOption", 1, 64);

  private static final Pattern ACTION_NAME = Pattern.compile("[A-Za-z0-9-]+:[A-Za-z0-9]+");
  private static final Predicate<String> PATTERN = Pattern.compile("[*?]|\\$\\{").asPredicate();
  private static final Pattern USER = Pattern.compile("arn:aws:iam::(\\d{12}):user/.+");
  private static final Pattern ROLE = Pattern.compile("arn:aws:iam::\\d{12}:role/.*");
  private static final Pattern ACCOUNT = Pattern.compile("(?:arn:aws:iam::)?(\\d{12})(?::root)?");

  private SimulationInput() {}

  private static ParameterLimits documents(String name) {
    return TextList.of(name, Parameter.any("policyInputList", 1, 131_072));
  }

  private static ParameterLimits texts(String name, int least, int most) {
    String member = Character.toLowerCase(name.charAt(0)) + name.substring(1);
    return TextList.of(name, Parameter.any(member, least, most));
  }

  /** Those that both simulations have, behind what tells whose policies are simulated. */
  static ParameterLimits[] parameters(ParameterLimits... source) {
    return ActionTable.with(
        source,
        ACTIONS.required(),
        RESOURCES,
        RESOURCE_POLICY,
        RESOURCE_OWNER,
        CALLER_ARN,
        ContextEntries.ENTRIES,
        RESOURCE_HANDLING,
        BOUNDARIES);
  }

  static List<String> actions(QueryRequest query) {
    List<String> actions = query.members(ACTIONS.name());
    refuse(
        !actions.stream().allMatch(ACTION_NAME.asMatchPredicate()),
        "Invalid action name; write service:Action, without wildcards");
    return actions;
  }

  static List<String> resources(QueryRequest query) {
    List<String> resources = query.members(RESOURCES.name());
    return resources.isEmpty() ? List.of("*") : resources;
  }

  /** The scenarios are about EC2, so that there is none that could be simulated here. */
  static void refuseScenario(IamRequest x) {
    refuse(
        x.find(RESOURCE_HANDLING).isPresent(),
        "ResourceHandlingOption names scenarios of EC2, which this server does not have");
  }

  /** The documents of a list parameter, named as AWS names them: {@code PolicyInputList.1}. */
  static List<Policy> policies(QueryRequest query, ParameterLimits list) {
    List<Policy> policies = new ArrayList<>();
    for (String document : query.members(list.name())) {
      String name = list.name() + "." + (policies.size() + 1);
      policies.add(PolicyInput.input(name, document, Policy.Kind.IDENTITY));
    }
    return policies;
  }

  /** The boundary that takes the place of the one attached; there can be one. */
  static Optional<Policy> boundary(QueryRequest query) {
    List<Policy> policies = policies(query, BOUNDARIES);
    refuse(policies.size() > 1, BOUNDARIES.name() + " must have one member");
    return policies.stream().findFirst();
  }

  static Optional<Policy> resourcePolicy(IamRequest x, List<String> resources) {
    Optional<Policy> policy =
        x.find(RESOURCE_POLICY)
            .map(text -> PolicyInput.input("ResourcePolicy", text, Policy.Kind.RESOURCE));
    refuse(
        policy.isPresent() && resources.stream().anyMatch(ROLE.asMatchPredicate()),
        "A ResourcePolicy cannot be simulated for roles");
    return policy;
  }

  /**
   * Refuses a resource that is none of those the policy can be about: another bucket, or another
   * table bucket.
   */
  static void requireApplicable(Policy policy, List<String> resources) {
    for (String resource : resources) {
      refuse(
          !resource.equals("*")
              && policy.resources().stream()
                  .map(SimulationInput::container)
                  .noneMatch(named -> PATTERN.test(named) || named.equals(container(resource))),
          "The ResourcePolicy is not about " + resource);
    }
  }

  /** A bucket for what is in it; {@code …:bucket/NAME} of S3 Tables keeps its name. */
  private static String container(String arn) {
    int slash = arn.indexOf('/', arn.contains(":bucket/") ? arn.indexOf(":bucket/") + 8 : 0);
    return slash < 0 ? arn : arn.substring(0, slash);
  }

  /** The owner of resources whose ARN does not say it. */
  static String owner(IamRequest x, Subject caller) {
    Optional<Matcher> account = x.find(RESOURCE_OWNER).map(ACCOUNT::matcher);
    refuse(account.filter(text -> !text.matches()).isPresent(), "ResourceOwner must be an account");
    return account.map(text -> text.group(1)).orElse(caller.account());
  }

  /** Who asks: CallerArn, or the principal whose policies are simulated, or some user. */
  static Subject caller(IamRequest x, Optional<Entity> source, boolean resourcePolicy) {
    Optional<String> given = x.find(CALLER_ARN);
    refuse(
        !given.stream().allMatch(USER.asMatchPredicate()), "CallerArn must be the ARN of a user");
    Optional<Kind> kind = given.isEmpty() ? source.map(Entity::kind) : Optional.of(Kind.USER);
    refuse(
        resourcePolicy && !kind.equals(Optional.of(Kind.USER)),
        "CallerArn is needed with a ResourcePolicy, for its Principal element");
    String arn =
        given
            .or(() -> source.map(Entity::arn))
            .orElseGet(() -> Kind.USER.arn(x.account(), "/", "simulated"));
    String account = arn.split(":", 6)[4];
    Optional<String> id = x.read(inventory -> inventory.find(arn)).map(Entity::id);
    return kind.equals(Optional.of(Kind.ROLE))
        ? new Subject(
            Subject.Kind.ROLE_SESSION,
            account,
            "arn:aws:sts::%s:assumed-role/%s/simulated".formatted(account, source.get().name()),
            Optional.of(arn),
            id.map(role -> role + ":simulated").orElse(""))
        : new Subject(Subject.Kind.USER, account, arn, Optional.empty(), id.orElse(""));
  }

  private static void refuse(boolean wrong, String message) {
    NewEntity.refuse(wrong, QueryError.INVALID_INPUT, message);
  }
}
