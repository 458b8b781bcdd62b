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
import java.util.Optional;

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

  private static QueryXml head(QueryXml xml, Entity entity, String noun) {
    return xml.text("Path", entity.path())
        .text(noun + "Name", entity.name())
        .text(noun + "Id", entity.id())
        .text("Arn", entity.arn())
        .text("CreateDate", time(entity.created()));
  }

  /** A root user has neither name nor path. */
  static void user(QueryXml xml, Entity user) {
    if (user.kind() != Kind.ROOT) {
      head(xml, user, "User");
      return;
    }
    xml.text("UserId", user.id()).text("Arn", user.arn()).text("CreateDate", time(user.created()));
  }

  /** The name of whoever has an access key, unless it is a root user. */
  static QueryXml userName(QueryXml xml, Entity owner) {
    return owner.kind() == Kind.ROOT ? xml : xml.text("UserName", owner.name());
  }

  static void userWithDetails(QueryXml xml, Entity user) {
    user(xml, user);
    boundaryAndTags(xml, user);
  }

  static void group(QueryXml xml, Entity group) {
    head(xml, group, "Group");
  }

  static void role(QueryXml xml, Entity role) {
    head(xml, role, "Role")
        .text("AssumeRolePolicyDocument", document(role.document()))
        .optional("Description", description(role))
        .text("MaxSessionDuration", String.valueOf(role.maxSession()));
  }

  static Optional<String> description(Entity entity) {
    return Optional.of(entity.description()).filter(text -> !text.isEmpty());
  }

  static void roleWithDetails(QueryXml xml, Entity role) {
    role(xml, role);
    boundaryAndTags(xml, role);
  }

  private static void boundaryAndTags(QueryXml xml, Entity entity) {
    if (entity.boundary().isPresent()) {
      String arn = entity.boundary().get();
      xml.element(
          "PermissionsBoundary",
          boundary ->
              boundary
                  .text("PermissionsBoundaryType", "PermissionsBoundaryPolicy")
                  .text("PermissionsBoundaryArn", arn));
    }
    TagList.writeAll(xml, entity.tags());
  }

  static void profile(QueryXml xml, Entity profile, List<Entity> roles) {
    head(xml, profile, "InstanceProfile").members("Roles", roles, EntityXml::role);
  }

  static void policy(QueryXml xml, Entity policy, PolicyUse use) {
    head(xml, policy, "Policy")
        .text("DefaultVersionId", "v" + policy.versions().inForce())
        .text("AttachmentCount", String.valueOf(use.attachments()))
        .text("PermissionsBoundaryUsageCount", String.valueOf(use.boundaries()))
        .text("IsAttachable", "true")
        .text("UpdateDate", time(policy.versions().changed()));
  }
}
