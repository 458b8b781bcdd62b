package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTable.EntityActions;
import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.PolicyActions.PolicyFilter;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.util.List;

/** Managed policies attached to users, groups and roles. */
final class AttachmentActions {
  static final int MOST = 10;

  /** In the order in which ListEntitiesForPolicy has them. */
  private static final List<ResourceType> HOLDERS =
      List.of(ResourceType.GROUP, ResourceType.USER, ResourceType.ROLE);

  /** The kinds of what has policies, and of policies. */
  static final Parameter FILTER =
      Parameter.oneOf(
          "EntityFilter", "User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy");

  private AttachmentActions() {}

  static void addTo(ActionTable table) {
    HOLDERS.forEach(holder -> addTo(table, holder));
    table.list(
        "ListEntitiesForPolicy",
        ActionTarget.byArn(IamParameter.POLICY_ARN),
        AttachmentActions::entities,
        IamParameter.POLICY_ARN.required(),
        FILTER,
        Parameter.of("PathPrefix", 1, 512, "/(?:[!-~]*/)?"),
        PolicyFilter.USAGE);
  }

  private static void addTo(ActionTable table, ResourceType holder) {
    String noun = holder.noun();
    ParameterLimits policy = IamParameter.POLICY_ARN.required();
    EntityActions named = table.on(holder);
    named.change(
        "Attach" + noun + "Policy", (all, entity, x) -> attach(noun, all, entity, x), policy);
    named.change("Detach" + noun + "Policy", AttachmentActions::detach, policy);
    table.list(
        "ListAttached" + noun + "Policies",
        holder.target(),
        x -> list(holder, x),
        holder.required(),
        PolicyFilter.PATH_PREFIX);
  }

  private static void attach(String noun, Inventory inventory, Entity entity, IamRequest x) {
    String arn = inventory.policy(x.require(IamParameter.POLICY_ARN)).arn();
    List<String> attached = inventory.stored().attachments().of(entity.id());
    if (!attached.contains(arn)) {
      NewEntity.limit("PoliciesPer" + noun, attached.size() + 1, MOST);
    }
    inventory.stored().attachments().add(entity.id(), arn);
  }

  private static void detach(Inventory inventory, Entity entity, IamRequest x) {
    String arn = x.require(IamParameter.POLICY_ARN);
    if (!inventory.stored().attachments().remove(entity.id(), arn)) {
      throw QueryError.NO_SUCH_ENTITY.because("Policy %s was not found.".formatted(arn));
    }
  }

  private static QueryXml.Content list(ResourceType holder, IamRequest x) {
    Paging paging = Paging.of(x.query());
    List<String> arns =
        x.read(inventory -> inventory.attached(holder.require(inventory, x))).stream()
            .filter(arn -> path(arn).startsWith(x.pathPrefix()))
            .toList();
    return paging.content("AttachedPolicies", arns, arn -> arn, AttachmentActions::attachedPolicy);
  }

  private static String path(String arn) {
    return EntityArn.parse(arn).map(EntityArn::path).orElse("/");
  }

  static void attachedPolicy(QueryXml xml, String arn) {
    xml.text("PolicyName", arn.substring(arn.lastIndexOf('/') + 1)).text("PolicyArn", arn);
  }

  private static QueryXml.Content entities(IamRequest x) {
    Paging paging = Paging.of(x.query());
    String filter = x.find(FILTER).orElse("");
    List<Entity> found =
        paging.slice(
            x.read(inventory -> users(inventory, x)).stream()
                .filter(entity -> filter.isEmpty() || word(entity.kind()).equals(filter))
                .toList(),
            AttachmentActions::place);
    return xml -> {
      for (ResourceType holder : HOLDERS) {
        String noun = holder.noun();
        xml.members(
            "Policy" + noun + "s",
            paging.page(found).stream().filter(e -> e.kind() == holder.kind()).toList(),
            (member, entity) ->
                member.text(noun + "Name", entity.name()).text(noun + "Id", entity.id()));
      }
      paging.more(xml, found, AttachmentActions::place);
    };
  }

  private static List<Entity> users(Inventory inventory, IamRequest x) {
    String arn = inventory.policy(x.require(IamParameter.POLICY_ARN)).arn();
    boolean boundary = x.find(PolicyFilter.USAGE).filter(PolicyFilter.BOUNDARY::equals).isPresent();
    List<Entity> found = boundary ? inventory.boundedBy(arn) : inventory.having(arn);
    return found.stream().filter(entity -> entity.path().startsWith(x.pathPrefix())).toList();
  }

  private static String word(Kind kind) {
    return HOLDERS.stream()
        .filter(holder -> holder.kind() == kind)
        .map(ResourceType::noun)
        .findFirst()
        .orElse("");
  }

  private static String place(Entity entity) {
    return word(entity.kind()) + ":" + Inventory.key(entity);
  }
}
