package dev.lakebed.iam.api;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.iam.api.PolicyActions.PolicyUse;
import dev.lakebed.iam.api.parameter.TagList;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** The structures of answers, as AWS writes them. */
final class EntityXml {
  private EntityXml() {}

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Policy documents are percent-encoded in answers. */
  static String document(String json) {
    return PercentEncoding.encode(json);
  }

  private static void head(QueryXml xml, Entity entity, String noun) throws XMLStreamException {
    xml.text("Path", entity.path())
        .text(noun + "Name", entity.name())
        .text(noun + "Id", entity.id())
        .text("Arn", entity.arn())
        .text("CreateDate", time(entity.created()));
  }

  static void user(QueryXml xml, Entity user) throws XMLStreamException {
    if (user.kind() == Kind.ROOT) {
      root(xml, user);
    } else {
      head(xml, user, "User");
    }
  }

  /** A root user has neither name nor path. */
  private static void root(QueryXml xml, Entity root) throws XMLStreamException {
    xml.text("UserId", root.id()).text("Arn", root.arn()).text("CreateDate", time(root.created()));
  }

  /** The name of whoever has an access key, unless it is a root user. */
  static void userName(QueryXml xml, Entity owner) throws XMLStreamException {
    if (owner.kind() != Kind.ROOT) {
      xml.text("UserName", owner.name());
    }
  }

  static void userWithDetails(QueryXml xml, Entity user) throws XMLStreamException {
    user(xml, user);
    boundary(xml, user);
    TagList.writeAll(xml, user.tags());
  }

  static void group(QueryXml xml, Entity group) throws XMLStreamException {
    head(xml, group, "Group");
  }

  static void role(QueryXml xml, Entity role) throws XMLStreamException {
    head(xml, role, "Role");
    xml.text("AssumeRolePolicyDocument", document(role.document()));
    description(xml, role);
    xml.text("MaxSessionDuration", String.valueOf(role.maxSession()));
  }

  /** Left out when there is none. */
  static void description(QueryXml xml, Entity entity) throws XMLStreamException {
    if (!entity.description().isEmpty()) {
      xml.text("Description", entity.description());
    }
  }

  static void roleWithDetails(QueryXml xml, Entity role) throws XMLStreamException {
    role(xml, role);
    boundary(xml, role);
    TagList.writeAll(xml, role.tags());
  }

  private static void boundary(QueryXml xml, Entity entity) throws XMLStreamException {
    if (entity.boundary().isPresent()) {
      String arn = entity.boundary().get();
      xml.element(
          "PermissionsBoundary",
          boundary ->
              boundary
                  .text("PermissionsBoundaryType", "PermissionsBoundaryPolicy")
                  .text("PermissionsBoundaryArn", arn));
    }
  }

  static void profile(QueryXml xml, Entity profile, List<Entity> roles) throws XMLStreamException {
    head(xml, profile, "InstanceProfile");
    xml.members("Roles", roles, EntityXml::role);
  }

  static void policy(QueryXml xml, Entity policy, PolicyUse use) throws XMLStreamException {
    head(xml, policy, "Policy");
    xml.text("DefaultVersionId", "v" + policy.versions().inForce())
        .text("AttachmentCount", String.valueOf(use.attachments()))
        .text("PermissionsBoundaryUsageCount", String.valueOf(use.boundaries()))
        .text("IsAttachable", "true")
        .text("UpdateDate", time(policy.versions().changed()));
  }
}
