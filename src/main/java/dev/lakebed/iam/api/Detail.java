package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Kind;
import dev.lakebed.storage.metadata.iam.PolicyVersion;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/**
 * An entity with everything that belongs to it.
 *
 * @param containers groups of a user, instance profiles of a role
 * @param versions of a policy
 */
record Detail(
    Entity entity,
    Map<String, String> inline,
    List<String> attached,
    List<Entity> containers,
    List<PolicyVersion> versions,
    PolicyUse use) {
  static Detail of(Inventory inventory, Entity entity) {
    boolean policy = entity.kind() == Kind.POLICY;
    return new Detail(
        inventory.shown(entity),
        inventory.inline(entity),
        inventory.attached(entity),
        inventory.entities(inventory.stored().members().containers(entity.id())).toList(),
        policy ? inventory.versions(entity) : List.of(),
        policy ? PolicyUse.of(inventory, entity) : new PolicyUse(entity, 0, 0));
  }

  void write(QueryXml xml) throws XMLStreamException {
    switch (entity.kind()) {
      case USER -> {
        EntityXml.userWithDetails(xml, entity);
        policies(xml, "UserPolicyList");
        xml.element(
            "GroupList",
            list -> {
              for (Entity group : containers) {
                list.text("member", group.name());
              }
            });
      }
      case GROUP -> {
        EntityXml.group(xml, entity);
        policies(xml, "GroupPolicyList");
      }
      case ROLE -> {
        EntityXml.roleWithDetails(xml, entity);
        policies(xml, "RolePolicyList");
        xml.element(
            "InstanceProfileList",
            list -> {
              for (Entity profile : containers) {
                list.element(
                    "member", member -> EntityXml.profile(member, profile, List.of(entity)));
              }
            });
      }
      case POLICY -> {
        EntityXml.policy(xml, entity, use);
        if (!entity.description().isEmpty()) {
          xml.text("Description", entity.description());
        }
        xml.element("PolicyVersionList", this::versions);
      }
      case ROOT, INSTANCE_PROFILE, OIDC_PROVIDER, SAML_PROVIDER ->
          throw new IllegalStateException("not part of the details: " + entity.kind());
    }
  }

  private void versions(QueryXml xml) throws XMLStreamException {
    for (PolicyVersion version : versions) {
      xml.element(
          "member",
          member -> {
            member.text("Document", EntityXml.document(version.document()));
            PolicyVersionActions.write(member, version, entity);
          });
    }
  }

  private void policies(QueryXml xml, String inlineList) throws XMLStreamException {
    xml.element(
        inlineList,
        list -> {
          for (Map.Entry<String, String> policy : inline.entrySet()) {
            list.element(
                "member",
                member ->
                    member
                        .text("PolicyName", policy.getKey())
                        .text("PolicyDocument", EntityXml.document(policy.getValue())));
          }
        });
    xml.element(
        "AttachedManagedPolicies",
        list -> {
          for (String arn : attached) {
            list.element("member", member -> AttachmentActions.attachedPolicy(member, arn));
          }
        });
  }
}
