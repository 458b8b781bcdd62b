package dev.lakebed.iam.api;

import dev.lakebed.iam.api.PolicyActions.PolicyUse;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.ParameterLimits.TextList;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.PolicyVersions.PolicyVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** GetAccountAuthorizationDetails: everything with its policies, kind after kind. */
final class AuthorizationDetails {
  /** A part of the answer; {@code place} orders the parts in markers, as pages go through them. */
  private record Part(String place, String filter, Kind kind, String list) {
    private static final Part AWS = new Part("5:", "AWSManagedPolicy", Kind.POLICY, "Policies");
    private static final List<Part> ALL =
        List.of(
            new Part("1:", "User", Kind.USER, "UserDetailList"),
            new Part("2:", "Group", Kind.GROUP, "GroupDetailList"),
            new Part("3:", "Role", Kind.ROLE, "RoleDetailList"),
            new Part("4:", "LocalManagedPolicy", Kind.POLICY, "Policies"),
            AWS);

    Stream<Entity> after(Inventory inventory, String name) {
      return equals(AWS) ? Inventory.ofAws(name) : inventory.stream(kind, "/", name);
    }
  }

  private record Found(Part part, EntityDetails detail) {
    String place() {
      return part.place + Inventory.key(detail.entity());
    }
  }

  static final ParameterLimits FILTER = TextList.of("Filter", AttachmentActions.FILTER);

  private AuthorizationDetails() {}

  static QueryXml.Content answer(IamRequest x) {
    Paging paging = Paging.of(x.query());
    Set<String> filter = Set.copyOf(x.query().members(FILTER.name()));
    List<Found> found = x.readMuch(inventory -> found(inventory, paging, filter));
    return xml -> {
      for (String list : Part.ALL.stream().map(Part::list).distinct().toList()) {
        xml.members(
            list,
            paging.page(found).stream().filter(one -> one.part().list.equals(list)).toList(),
            (member, one) -> one.detail().write(member));
      }
      paging.more(xml, found, Found::place);
    };
  }

  private static List<Found> found(Inventory inventory, Paging paging, Set<String> filter) {
    List<Found> all = new ArrayList<>();
    for (Part part : Part.ALL) {
      boolean inside = paging.after().startsWith(part.place);
      boolean passed = !inside && paging.after().compareTo(part.place) > 0;
      if (!passed && (filter.isEmpty() || filter.contains(part.filter))) {
        part.after(inventory, inside ? paging.after().substring(part.place.length()) : "")
            .limit(paging.size() + 1L - all.size())
            .forEach(entity -> all.add(new Found(part, EntityDetails.of(inventory, entity))));
      }
    }
    return all;
  }

  /**
   * An entity with everything that belongs to it; {@code containers} are groups of a user and
   * instance profiles of a role.
   */
  record EntityDetails(
      Entity entity,
      Map<String, String> inline,
      List<String> attached,
      List<Entity> containers,
      List<PolicyVersion> versions,
      PolicyUse use) {
    static EntityDetails of(Inventory inventory, Entity entity) {
      boolean policy = entity.kind() == Kind.POLICY;
      return new EntityDetails(
          inventory.shown(entity),
          inventory.inline(entity),
          inventory.attached(entity),
          inventory.containers(entity),
          policy ? inventory.versions(entity) : List.of(),
          policy ? PolicyUse.of(inventory, entity) : new PolicyUse(entity, 0, 0));
    }

    void write(QueryXml xml) {
      switch (entity.kind()) {
        case USER -> {
          EntityXml.userWithDetails(xml, entity);
          policies(xml, "UserPolicyList");
          xml.texts("GroupList", containers.stream().map(Entity::name).toList());
        }
        case GROUP -> {
          EntityXml.group(xml, entity);
          policies(xml, "GroupPolicyList");
        }
        case ROLE -> {
          EntityXml.roleWithDetails(xml, entity);
          policies(xml, "RolePolicyList");
          xml.members(
              "InstanceProfileList",
              containers,
              (member, profile) -> EntityXml.profile(member, profile, List.of(entity)));
        }
        case POLICY -> {
          EntityXml.policy(xml, entity, use);
          xml.optional("Description", EntityXml.description(entity));
          xml.members(
              "PolicyVersionList",
              versions,
              (member, version) -> PolicyVersionActions.writeWithDocument(member, version, entity));
        }
        case ROOT, INSTANCE_PROFILE, OIDC_PROVIDER, SAML_PROVIDER ->
            throw new IllegalStateException("not part of the details: " + entity.kind());
      }
    }

    private void policies(QueryXml xml, String inlineList) {
      xml.members(
          inlineList,
          inline.entrySet(),
          (member, policy) ->
              member
                  .text("PolicyName", policy.getKey())
                  .text("PolicyDocument", EntityXml.document(policy.getValue())));
      xml.members("AttachedManagedPolicies", attached, AttachmentActions::attachedPolicy);
    }
  }
}
