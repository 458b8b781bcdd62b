package dev.lakebed.iam.api;

import dev.lakebed.iam.api.NewEntity.PolicyInput;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.iam.api.parameter.Parameter;
import dev.lakebed.iam.api.parameter.ParameterLimits;
import dev.lakebed.iam.api.parameter.ParameterLimits.TrueOrFalse;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.PolicyVersions.PolicyVersion;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** Versions of managed policies. */
final class PolicyVersionActions {
  static final int MOST = 5;

  private static final ParameterLimits ARN = Parameter.POLICY_ARN.required();
  private static final Parameter ID =
      Parameter.of("VersionId", 1, 64, "v[1-9][0-9]*(?:\\.[A-Za-z0-9-]*)?");
  private static final TrueOrFalse SET_AS_DEFAULT = new TrueOrFalse("SetAsDefault");

  private PolicyVersionActions() {}

  static void addTo(ActionTable table) {
    ActionTarget.Finder policy = ActionTarget.POLICY;
    table.answer(
        "CreatePolicyVersion",
        policy,
        PolicyVersionActions::create,
        ARN,
        Parameter.POLICY_DOCUMENT.required(),
        SET_AS_DEFAULT);
    table.answer("GetPolicyVersion", policy, PolicyVersionActions::get, ARN, ID.required());
    table.list("ListPolicyVersions", policy, PolicyVersionActions::list, ARN);
    table.change(
        "SetDefaultPolicyVersion", policy, PolicyVersionActions::setDefault, ARN, ID.required());
    table.change("DeletePolicyVersion", policy, PolicyVersionActions::delete, ARN, ID.required());
  }

  private static QueryXml.Content create(IamRequest x) {
    String document = PolicyInput.managed(x);
    boolean inForce = SET_AS_DEFAULT.isTrue(x.query());
    PolicyVersion version =
        x.write(
            inventory -> {
              Entity policy =
                  Inventory.changeable(inventory.policy(x.require(Parameter.POLICY_ARN)));
              NewEntity.refuse(
                  inventory.stored().versions().of(policy.id()).size() >= MOST,
                  QueryError.LIMIT_EXCEEDED,
                  "A managed policy can have up to 5 versions. Before you create a new version, you"
                      + " must delete an existing version.");
              int number = policy.versions().last() + 1;
              PolicyVersion made = new PolicyVersion(number, document, x.now());
              inventory.stored().versions().add(policy.id(), made);
              Entity.Versions versions =
                  new Entity.Versions(
                      inForce ? number : policy.versions().inForce(), number, x.now());
              inventory.update(policy.versioned(versions));
              PolicyInput.warn(policy.name(), document, Policy.Kind.IDENTITY, policy.arn());
              return made;
            });
    return xml ->
        xml.element(
            "PolicyVersion",
            v ->
                v.text("VersionId", version.id())
                    .text("IsDefaultVersion", String.valueOf(inForce))
                    .text("CreateDate", EntityXml.time(version.created())));
  }

  private record Found(Entity policy, PolicyVersion version) {}

  static void writeWithDocument(QueryXml xml, PolicyVersion version, Entity policy)
      throws XMLStreamException {
    xml.text("Document", EntityXml.document(version.document()));
    write(xml, version, policy);
  }

  static void write(QueryXml xml, PolicyVersion version, Entity policy) throws XMLStreamException {
    xml.text("VersionId", version.id())
        .text("IsDefaultVersion", String.valueOf(version.number() == policy.versions().inForce()))
        .text("CreateDate", EntityXml.time(version.created()));
  }

  private static Found found(Inventory inventory, IamRequest x) {
    Entity policy = inventory.policy(x.require(Parameter.POLICY_ARN));
    String id = x.require(ID);
    Optional<PolicyVersion> version =
        inventory.versions(policy).stream().filter(v -> v.id().equals(id)).findFirst();
    return new Found(
        policy,
        version.orElseThrow(
            () ->
                new QueryException(
                    QueryError.NO_SUCH_ENTITY,
                    "Policy %s version %s does not exist or is not attachable."
                        .formatted(policy.arn(), id))));
  }

  private static QueryXml.Content get(IamRequest x) {
    Found found = x.read(inventory -> found(inventory, x));
    return xml ->
        xml.element("PolicyVersion", v -> writeWithDocument(v, found.version(), found.policy()));
  }

  private static QueryXml.Content list(IamRequest x) {
    Paging paging = Paging.of(x.query());
    record All(Entity policy, List<PolicyVersion> versions) {}
    All all =
        x.read(
            inventory -> {
              Entity policy = inventory.policy(x.require(Parameter.POLICY_ARN));
              return new All(policy, inventory.versions(policy));
            });
    return paging.content(
        "Versions",
        all.versions(),
        PolicyVersionActions::newestFirst,
        (member, version) -> write(member, version, all.policy()));
  }

  private static String newestFirst(PolicyVersion version) {
    return "%010d".formatted(Integer.MAX_VALUE - version.number());
  }

  private static void setDefault(Inventory inventory, IamRequest x) {
    Found found = found(inventory, x);
    Entity policy = Inventory.changeable(found.policy());
    Entity.Versions versions =
        new Entity.Versions(found.version().number(), policy.versions().last(), x.now());
    inventory.update(policy.versioned(versions));
  }

  private static void delete(Inventory inventory, IamRequest x) {
    Found found = found(inventory, x);
    Entity policy = Inventory.changeable(found.policy());
    NewEntity.refuse(
        found.version().number() == policy.versions().inForce(),
        QueryError.DELETE_CONFLICT,
        "Cannot delete the default version of a policy.");
    inventory.stored().versions().remove(policy.id(), found.version().number());
  }
}
