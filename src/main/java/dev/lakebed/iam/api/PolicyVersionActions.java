package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTable.EntityActions;
import dev.lakebed.iam.api.NewEntity.PolicyInput;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.ParameterLimits.TrueOrFalse;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.PolicyVersions.PolicyVersion;

final class PolicyVersionActions {
  static final int MOST = 5;

  private static final Parameter ID =
      Parameter.of("VersionId", 1, 64, "v[1-9][0-9]*(?:\\.[A-Za-z0-9-]*)?");
  private static final TrueOrFalse SET_AS_DEFAULT = new TrueOrFalse("SetAsDefault");

  private PolicyVersionActions() {}

  static void addTo(ActionTable table) {
    EntityActions named = table.onPolicy();
    ActionTarget.Finder policy = named.target();
    ParameterLimits arn = named.parameter();
    ParameterLimits id = ID.required();
    table.answer(
        "CreatePolicyVersion",
        policy,
        PolicyVersionActions::create,
        arn,
        IamParameter.POLICY_DOCUMENT.required(),
        SET_AS_DEFAULT);
    table.list("ListPolicyVersions", policy, PolicyVersionActions::list, arn);
    named.answer("GetPolicyVersion", PolicyVersionActions::get, id);
    table.change("SetDefaultPolicyVersion", policy, PolicyVersionActions::setDefault, arn, id);
    table.change("DeletePolicyVersion", policy, PolicyVersionActions::delete, arn, id);
  }

  private static QueryXml.Content create(IamRequest x) {
    String document = PolicyInput.managed(x);
    boolean inForce = SET_AS_DEFAULT.isTrue(x.query());
    return x.write(
        inventory -> {
          Entity policy =
              Inventory.changeable(inventory.policy(x.require(IamParameter.POLICY_ARN)));
          NewEntity.refuse(
              inventory.stored().versions().of(policy.id()).size() >= MOST,
              QueryError.LIMIT_EXCEEDED,
              "A managed policy can have up to 5 versions. Before you create a new version, you"
                  + " must delete an existing version.");
          int number = policy.versions().last() + 1;
          PolicyVersion made = new PolicyVersion(number, document, x.now());
          inventory.stored().versions().add(policy.id(), made);
          Entity changed =
              policy.versioned(
                  new Entity.Versions(
                      inForce ? number : policy.versions().inForce(), number, x.now()));
          inventory.update(changed);
          PolicyInput.warn(policy.name(), document, Policy.Kind.IDENTITY, policy.arn());
          return xml -> xml.element("PolicyVersion", v -> write(v, made, changed));
        });
  }

  static void writeWithDocument(QueryXml xml, PolicyVersion version, Entity policy) {
    xml.text("Document", EntityXml.document(version.document()));
    write(xml, version, policy);
  }

  static void write(QueryXml xml, PolicyVersion version, Entity policy) {
    xml.text("VersionId", version.id())
        .text("IsDefaultVersion", String.valueOf(version.isIn(policy)))
        .text("CreateDate", EntityXml.time(version.created()));
  }

  /** The version that the request names; NoSuchEntity when there is none. */
  private static PolicyVersion version(Inventory inventory, Entity policy, IamRequest x) {
    String id = x.require(ID);
    return inventory.versions(policy).stream()
        .filter(version -> version.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                QueryError.NO_SUCH_ENTITY.because(
                    "Policy %s version %s does not exist or is not attachable."
                        .formatted(policy.arn(), id)));
  }

  private static QueryXml.Content get(Inventory inventory, Entity policy, IamRequest x) {
    PolicyVersion version = version(inventory, policy, x);
    return xml -> xml.element("PolicyVersion", v -> writeWithDocument(v, version, policy));
  }

  private static QueryXml.Content list(IamRequest x) {
    Paging paging = Paging.of(x.query());
    return x.read(
        inventory -> {
          Entity policy = inventory.policy(x.require(IamParameter.POLICY_ARN));
          return paging.content(
              "Versions",
              inventory.versions(policy),
              PolicyVersionActions::newestFirst,
              (member, version) -> write(member, version, policy));
        });
  }

  private static String newestFirst(PolicyVersion version) {
    return "%010d".formatted(Integer.MAX_VALUE - version.number());
  }

  private static void setDefault(Inventory inventory, IamRequest x) {
    Entity policy = inventory.policy(x.require(IamParameter.POLICY_ARN));
    int number = version(inventory, policy, x).number();
    Inventory.changeable(policy);
    inventory.update(
        policy.versioned(new Entity.Versions(number, policy.versions().last(), x.now())));
  }

  private static void delete(Inventory inventory, IamRequest x) {
    Entity policy = inventory.policy(x.require(IamParameter.POLICY_ARN));
    PolicyVersion version = version(inventory, policy, x);
    Inventory.changeable(policy);
    String inForce = "Cannot delete the default version of a policy.";
    NewEntity.refuse(version.isIn(policy), QueryError.DELETE_CONFLICT, inForce);
    inventory.stored().versions().remove(policy.id(), version.number());
  }
}
