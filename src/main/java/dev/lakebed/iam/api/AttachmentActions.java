package dev.lakebed.iam.api;

import dev.lakebed.iam.api.PolicyActions.PolicyFilter;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.EntityArn;
import dev.lakebed.storage.metadata.iam.Kind;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/** Managed policies attached to users, groups and roles. */
final class AttachmentActions {
  static final int MOST = 10;

  static final Parameter ENTITY_FILTER =
      Parameter.oneOf(
          "EntityFilter", "User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy");

  private AttachmentActions() {}

  static void addTo(ActionTable table) {
    Stream.of(PolicyHolder.USER, PolicyHolder.GROUP, PolicyHolder.ROLE)
        .forEach(holder -> addTo(table, holder));
    table.list(
        "ListEntitiesForPolicy",
        AuthorizationTarget.POLICY,
        AttachmentActions::entities,
        "PolicyArn*",
        "EntityFilter",
        "PathPrefix",
        "PolicyUsageFilter");
  }

  private static void addTo(ActionTable table, PolicyHolder holder) {
    String noun = holder.noun();
    String name = holder.name().name() + "*";
    table.change(
        "Attach" + noun + "Policy",
        holder.aim(),
        (inventory, x) -> attach(holder, inventory, x),
        name,
        "PolicyArn*");
    table.change(
        "Detach" + noun + "Policy",
        holder.aim(),
        (inventory, x) -> detach(holder, inventory, x),
        name,
        "PolicyArn*");
    table.list(
        "ListAttached" + noun + "Policies", holder.aim(), x -> list(holder, x), name, "PathPrefix");
  }

  private static void attach(PolicyHolder holder, Inventory inventory, IamRequest x) {
    Entity entity = holder.changeable(inventory, x);
    String arn = inventory.policy(x.require(Parameter.POLICY_ARN)).arn();
    List<String> attached = inventory.stored().attachments().of(entity.id());
    NewEntity.refuse(
        attached.size() >= MOST && !attached.contains(arn),
        QueryError.LIMIT_EXCEEDED,
        "Cannot exceed quota for PoliciesPer%s: %d".formatted(holder.noun(), MOST));
    inventory.stored().attachments().add(entity.id(), arn);
  }

  private static void detach(PolicyHolder holder, Inventory inventory, IamRequest x) {
    Entity entity = holder.changeable(inventory, x);
    String arn = x.require(Parameter.POLICY_ARN);
    NewEntity.refuse(
        !inventory.stored().attachments().remove(entity.id(), arn),
        QueryError.NO_SUCH_ENTITY,
        "Policy %s was not found.".formatted(arn));
  }

  private static QueryXml.Content list(PolicyHolder holder, IamRequest x) {
    Paging paging = Paging.of(x.query());
    String prefix = x.find(Parameter.PATH_PREFIX).orElse("/");
    List<String> arns =
        x.read(inventory -> inventory.attached(holder.require(inventory, x))).stream()
            .filter(arn -> path(arn).startsWith(prefix))
            .toList();
    return paging.content(
        "AttachedPolicies",
        paging.slice(arns, arn -> arn),
        arn -> arn,
        AttachmentActions::attachedPolicy);
  }

  private static String path(String arn) {
    return EntityArn.parse(arn).map(EntityArn::path).orElse("/");
  }

  static void attachedPolicy(QueryXml xml, String arn) throws XMLStreamException {
    xml.text("PolicyName", arn.substring(arn.lastIndexOf('/') + 1)).text("PolicyArn", arn);
  }

  private static QueryXml.Content entities(IamRequest x) {
    Paging paging = Paging.of(x.query());
    String filter = x.find(ENTITY_FILTER).orElse("");
    List<Entity> found =
        paging.slice(
            x.read(inventory -> users(inventory, x)).stream()
                .filter(entity -> filter.isEmpty() || word(entity.kind()).equals(filter))
                .toList(),
            AttachmentActions::place);
    return xml -> {
      for (PolicyHolder holder :
          List.of(PolicyHolder.GROUP, PolicyHolder.USER, PolicyHolder.ROLE)) {
        List<Entity> page =
            paging.page(found).stream().filter(e -> e.kind() == holder.kind()).toList();
        xml.element(
            "Policy" + holder.noun() + "s",
            list -> {
              for (Entity entity : page) {
                list.element(
                    "member",
                    member ->
                        member
                            .text(holder.noun() + "Name", entity.name())
                            .text(holder.noun() + "Id", entity.id()));
              }
            });
      }
      paging.more(xml, found, AttachmentActions::place);
    };
  }

  private static List<Entity> users(Inventory inventory, IamRequest x) {
    String arn = inventory.policy(x.require(Parameter.POLICY_ARN)).arn();
    String prefix = x.find(Parameter.PATH_PREFIX).orElse("/");
    PolicyFilter.Usage usage = PolicyFilter.usage(x).orElse(PolicyFilter.Usage.PERMISSIONS);
    List<Entity> found =
        switch (usage) {
          case PERMISSIONS -> inventory.having(arn);
          case BOUNDARY -> inventory.boundedBy(arn);
        };
    return found.stream().filter(entity -> entity.path().startsWith(prefix)).toList();
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case USER -> "User";
      case GROUP -> "Group";
      case ROLE -> "Role";
      case ROOT, POLICY, INSTANCE_PROFILE, OIDC_PROVIDER, SAML_PROVIDER -> "";
    };
  }

  private static String place(Entity entity) {
    return word(entity.kind()) + ":" + Inventory.key(entity);
  }
}
