package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTable.EntityActions;
import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.NewEntity.PolicyInput;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.iam.api.parameter.TagList;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.ParameterLimits.TrueOrFalse;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore.IamTransaction;
import dev.lakebed.storage.metadata.iam.PolicyVersions.PolicyVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

final class PolicyActions {
  private static final Parameter PATH = IamParameter.policyPath("Path");
  private static final Parameter DESCRIPTION = Parameter.text("Description", 0, 1000);

  private PolicyActions() {}

  static void addTo(ActionTable table) {
    ParameterLimits document = IamParameter.POLICY_DOCUMENT.required();
    table.create(
        ResourceType.POLICY,
        IamParameter.POLICY_NAME,
        PATH,
        PolicyActions::create,
        document,
        DESCRIPTION,
        TagList.TAGS);
    table.list(
        "ListPolicies",
        ActionTarget.listed(Kind.POLICY),
        PolicyActions::list,
        PolicyFilter.SCOPE,
        PolicyFilter.ONLY_ATTACHED,
        PolicyFilter.PATH_PREFIX,
        PolicyFilter.USAGE);
    EntityActions named = table.onPolicy();
    named.answer("GetPolicy", (inventory, policy, x) -> content(PolicyUse.of(inventory, policy)));
    named.change("DeletePolicy", (inventory, policy, x) -> delete(inventory, policy));
  }

  private static QueryXml.Content create(IamRequest x) {
    String document = PolicyInput.managed(x);
    Entity policy =
        x.write(
            inventory -> {
              String name = x.require(IamParameter.POLICY_NAME);
              Entity made =
                  NewEntity.of(inventory, x, Kind.POLICY, name, PATH)
                      .described(x.find(DESCRIPTION).orElse(""))
                      .versioned(new Entity.Versions(1, 1, x.now()));
              inventory.insert(made);
              inventory.stored().versions().add(made.id(), new PolicyVersion(1, document, x.now()));
              return made;
            });
    PolicyInput.warn(policy.name(), document, Policy.Kind.IDENTITY, policy.arn());
    return content(new PolicyUse(policy, 0, 0));
  }

  private static QueryXml.Content content(PolicyUse use) {
    return xml -> xml.element("Policy", p -> write(p, use));
  }

  private static void write(QueryXml xml, PolicyUse use) {
    EntityXml.policy(xml, use.policy(), use);
    xml.optional("Description", EntityXml.description(use.policy()));
    TagList.writeAll(xml, use.policy().tags());
  }

  private static QueryXml.Content list(IamRequest x) {
    PolicyFilter filter = PolicyFilter.of(x);
    Paging paging = Paging.of(x.query());
    List<PolicyUse> found = x.read(inventory -> found(inventory, filter, paging, x.pathPrefix()));
    return paging.content(
        "Policies",
        found,
        use -> Inventory.key(use.policy()),
        (member, use) -> EntityXml.policy(member, use.policy(), use));
  }

  /** Of each kind as many as a page needs; policies behind them are not looked at. */
  private static List<PolicyUse> found(
      Inventory inventory, PolicyFilter filter, Paging paging, String prefix) {
    Stream<Entity> aws = filter.aws() ? Inventory.ofAws(paging.after()) : Stream.empty();
    Stream<Entity> own =
        filter.local() ? inventory.stream(Kind.POLICY, prefix, paging.after()) : Stream.empty();
    return Stream.of(aws.filter(policy -> policy.path().startsWith(prefix)), own)
        .flatMap(
            policies ->
                policies
                    .map(policy -> PolicyUse.of(inventory, policy))
                    .filter(filter::takes)
                    .limit(paging.size() + 1L))
        .toList();
  }

  private static void delete(Inventory inventory, Entity policy) {
    IamTransaction stored = inventory.stored();
    NewEntity.refuse(
        !stored.attachments().having(policy.arn()).isEmpty()
            || !stored.entities().boundedBy(policy.arn()).isEmpty(),
        QueryError.DELETE_CONFLICT,
        "Cannot delete a policy attached to entities.");
    NewEntity.refuse(
        stored.versions().of(policy.id()).size() > 1,
        QueryError.DELETE_CONFLICT,
        "This policy has more than one version. Before you delete a policy, you must delete the"
            + " policy's versions. The default version is deleted with the policy.");
    stored.versions().remove(policy.id(), policy.versions().inForce());
    stored.entities().delete(policy);
  }

  /** Which policies ListPolicies shows. */
  record PolicyFilter(boolean aws, boolean local, boolean attached, Optional<String> usage) {
    static final Parameter PATH_PREFIX = IamParameter.policyPath("PathPrefix");
    static final String BOUNDARY = "PermissionsBoundary";
    static final Parameter USAGE =
        Parameter.oneOf("PolicyUsageFilter", "PermissionsPolicy", BOUNDARY);
    private static final Parameter SCOPE = Parameter.oneOf("Scope", "All", "AWS", "Local");
    private static final TrueOrFalse ONLY_ATTACHED = new TrueOrFalse("OnlyAttached");

    static PolicyFilter of(IamRequest x) {
      String scope = x.find(SCOPE).orElse("All");
      return new PolicyFilter(
          !scope.equals("Local"),
          !scope.equals("AWS"),
          ONLY_ATTACHED.isTrue(x.query()),
          x.find(USAGE));
    }

    boolean takes(PolicyUse use) {
      boolean asPermissions = use.attachments() > 0;
      boolean asBoundary = use.boundaries() > 0;
      if (usage.isPresent()) {
        return usage.get().equals(BOUNDARY) ? asBoundary : asPermissions;
      }
      return !attached || asPermissions || asBoundary;
    }
  }

  /** A managed policy and to how many it is attached and a boundary in the caller's account. */
  record PolicyUse(Entity policy, int attachments, int boundaries) {
    static PolicyUse of(Inventory inventory, Entity policy) {
      return new PolicyUse(
          policy,
          Math.toIntExact(
              inventory.configured().having(policy.arn()).count()
                  + inventory.stored().attachments().count(inventory.account(), policy.arn())),
          inventory.stored().entities().countBoundedBy(inventory.account(), policy.arn()));
    }
  }
}
