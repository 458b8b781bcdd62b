package dev.lakebed.app.explain;

import static dev.lakebed.app.explain.JsonFile.document;
import static dev.lakebed.app.explain.JsonFile.object;
import static dev.lakebed.app.explain.JsonFile.objects;
import static dev.lakebed.app.explain.JsonFile.text;
import static dev.lakebed.app.explain.JsonFile.texts;

import dev.lakebed.app.explain.Explain.UsageException;
import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.Role.InlinePolicyName;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.model.User;
import dev.lakebed.iam.store.AwsPolicies;
import dev.lakebed.iam.store.StoredPolicies;
import dev.lakebed.policy.Policy;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code aws iam get-account-authorization-details} prints, made into users and roles as the
 * server makes them. A managed policy that is attached and not in the file denies everything, as it
 * does in the server.
 */
final class AccountDetails {
  private static final String SOURCE_TAG = "lakebed:source";

  private final Map<String, Policy> managed = new HashMap<>();
  private final Map<String, List<Policy>> groups = new HashMap<>();
  private final List<User> users = new ArrayList<>();
  private final List<Role> roles = new ArrayList<>();
  private final Set<String> configured = new HashSet<>();

  private AccountDetails() {}

  static AccountDetails none() {
    return new AccountDetails();
  }

  static AccountDetails read(Path file) throws IOException {
    JsonObject root = JsonFile.read(file);
    AccountDetails details = new AccountDetails();
    objects(root, "Policies").forEach(details::policy);
    objects(root, "GroupDetailList").forEach(details::group);
    objects(root, "UserDetailList").forEach(details::user);
    objects(root, "RoleDetailList").forEach(details::role);
    if (details.users.isEmpty() && details.roles.isEmpty() && details.configured.isEmpty()) {
      throw new UsageException(
          "%s has no users and roles; it must be what get-account-authorization-details prints"
              .formatted(file));
    }
    return details;
  }

  List<User> users() {
    return users;
  }

  List<Role> roles() {
    return roles;
  }

  /** Whether the file shows an entity that the configuration defines, without all that it has. */
  boolean isConfigured(String arn) {
    return configured.contains(arn);
  }

  private void policy(JsonObject policy) {
    String inForce = text(policy, "DefaultVersionId");
    String name = text(policy, "PolicyName");
    objects(policy, "PolicyVersionList").stream()
        .filter(version -> text(version, "VersionId").equals(inForce))
        .forEach(
            version ->
                managed.put(
                    text(policy, "Arn"),
                    StoredPolicies.compile(
                        name, document(version, "Document"), Policy.Kind.IDENTITY)));
  }

  private void group(JsonObject group) {
    String name = text(group, "GroupName");
    groups.put(name, policies(group, "group", name, "GroupPolicyList"));
  }

  private void user(JsonObject user) {
    String arn = text(user, "Arn");
    Map<String, String> tags = tags(user);
    if (isConfigured(arn, tags)) {
      return;
    }
    String name = text(user, "UserName");
    List<Policy> policies = new ArrayList<>(policies(user, "user", name, "UserPolicyList"));
    texts(user, "GroupList")
        .forEach(group -> policies.addAll(groups.getOrDefault(group, List.of())));
    users.add(
        new User(
            text(user, "UserId"),
            account(arn),
            text(user, "Path"),
            name,
            true,
            tags,
            policies,
            boundary(user)));
  }

  private void role(JsonObject role) {
    String arn = text(role, "Arn");
    Map<String, String> tags = tags(role);
    if (isConfigured(arn, tags)) {
      return;
    }
    String name = text(role, "RoleName");
    String trust = document(role, "AssumeRolePolicyDocument");
    roles.add(
        new Role(
            text(role, "RoleId"),
            new RoleArn(account(arn), text(role, "Path"), name),
            StoredPolicies.compile("trust policy of " + name, trust, Policy.Kind.TRUST),
            trust,
            policies(role, "role", name, "RolePolicyList"),
            boundary(role),
            tags,
            Optional.empty(),
            ""));
  }

  private boolean isConfigured(String arn, Map<String, String> tags) {
    boolean marked = "configuration".equals(tags.get(SOURCE_TAG));
    if (marked) {
      configured.add(arn);
    }
    return marked;
  }

  private static String account(String arn) {
    String[] parts = arn.split(":", 6);
    if (parts.length != 6) {
      throw new UsageException(arn + " is no ARN");
    }
    return parts[4];
  }

  private static Map<String, String> tags(JsonObject entity) {
    Map<String, String> tags = new HashMap<>();
    objects(entity, "Tags").forEach(tag -> tags.put(text(tag, "Key"), text(tag, "Value")));
    return tags;
  }

  private List<Policy> policies(JsonObject entity, String kind, String holder, String inline) {
    Stream<Policy> own =
        objects(entity, inline).stream()
            .map(
                policy ->
                    StoredPolicies.compile(
                        InlinePolicyName.of(kind, holder, text(policy, "PolicyName")),
                        document(policy, "PolicyDocument"),
                        Policy.Kind.IDENTITY));
    Stream<Policy> attached =
        objects(entity, "AttachedManagedPolicies").stream()
            .map(policy -> managed(text(policy, "PolicyArn")));
    return Stream.concat(own, attached).toList();
  }

  private Optional<Policy> boundary(JsonObject entity) {
    return object(entity, "PermissionsBoundary")
        .map(boundary -> managed(text(boundary, "PermissionsBoundaryArn")));
  }

  /** The file says more than this server about policies of AWS, if it has them. */
  private Policy managed(String arn) {
    return Optional.ofNullable(managed.get(arn))
        .or(() -> AwsPolicies.find(arn).map(ManagedPolicy::identity))
        .orElseGet(() -> StoredPolicies.missing(arn));
  }
}
