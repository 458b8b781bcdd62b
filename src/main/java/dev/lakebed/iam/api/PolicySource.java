package dev.lakebed.iam.api;

import dev.lakebed.iam.api.Inventory.Arns;
import dev.lakebed.iam.store.StoredPolicies;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Evaluation.Match;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Policy.Position;
import dev.lakebed.policy.Policy.Span;
import dev.lakebed.policy.Policy.UnknownAction;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.PolicyVersions.PolicyVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/**
 * A policy that a user, group or role has, and where from.
 *
 * @param holder the entity, or a group of the user
 * @param policy compiled as the server compiles it, so that one that cannot be used denies
 * @param shown whether its document is one that somebody wrote
 */
record PolicySource(
    String name, Optional<String> arn, Entity holder, Policy policy, boolean shown) {
  static Entity principal(Inventory inventory, String arn) {
    Entity entity = Arns.require(inventory, arn);
    return switch (entity.kind()) {
      case USER, GROUP, ROLE -> entity;
      case ROOT, POLICY, INSTANCE_PROFILE, OIDC_PROVIDER, SAML_PROVIDER ->
          throw QueryError.INVALID_INPUT.because("The ARN must name a user, group or role.");
    };
  }

  /** Its policies and, for a user, those of its groups. */
  static List<PolicySource> of(Inventory inventory, Entity entity) {
    List<PolicySource> all = new ArrayList<>(own(inventory, entity));
    if (entity.kind() == Kind.USER && !entity.configured()) {
      inventory
          .entities(inventory.stored().members().containers(entity.id()))
          .forEach(group -> all.addAll(own(inventory, group)));
    }
    return all;
  }

  static Optional<PolicySource> boundary(Inventory inventory, Entity entity) {
    return entity.boundary().map(arn -> managed(inventory, entity, arn));
  }

  /** What an entity itself has; of the configuration also what its groups and actions give it. */
  static List<PolicySource> own(Inventory inventory, Entity entity) {
    if (entity.configured()) {
      return inventory.configured().policies(entity).stream()
          .map(policy -> configured(inventory, entity, policy))
          .toList();
    }
    return Stream.concat(
            inventory.inline(entity).entrySet().stream()
                .map(policy -> inline(entity, policy.getKey(), policy.getValue())),
            inventory.attached(entity).stream().map(arn -> managed(inventory, entity, arn)))
        .toList();
  }

  private static PolicySource inline(Entity holder, String name, String document) {
    Policy policy = StoredPolicies.inline(holder, name, document);
    return new PolicySource(name, Optional.empty(), holder, policy, true);
  }

  private static PolicySource configured(Inventory inventory, Entity entity, Policy policy) {
    Optional<String> arn = inventory.configured().arn(policy);
    return new PolicySource(policy.name(), arn, entity, policy, arn.isPresent());
  }

  /** A managed policy in its default version. */
  static PolicySource managed(Inventory inventory, Entity holder, String arn) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    Optional<Policy> found =
        Arns.find(inventory, arn)
            .flatMap(policy -> inForce(inventory, policy))
            .map(one -> StoredPolicies.compile(name, one.document(), Policy.Kind.IDENTITY));
    Policy policy = found.orElseGet(() -> StoredPolicies.missing(arn));
    return new PolicySource(name, Optional.of(arn), holder, policy, found.isPresent());
  }

  private static Optional<PolicyVersion> inForce(Inventory inventory, Entity policy) {
    return inventory.versions(policy).stream()
        .filter(version -> version.number() == policy.versions().inForce())
        .findFirst();
  }

  /** The word of the API for where the policy comes from. */
  String type() {
    return arn.map(text -> text.startsWith("arn:aws:iam::aws:") ? "aws-managed" : "user-managed")
        .orElse(holder.kind().resource());
  }

  /** Where each policy of a simulation comes from, for the statements that its results name. */
  static final class SimulatedPolicies {
    private static final int MOST_WARNINGS = 10;

    /** Policies are equal when they are the same one, so two of one name stay two. */
    private final Map<Policy, Source> sources = new HashMap<>();

    private final List<UnknownAction> unknown = new ArrayList<>();

    /** What the API tells of a policy, and whether places in its document mean something. */
    private record Source(String type, boolean shown) {}

    Policy attached(PolicySource source) {
      return add(source.policy(), new Source(source.type(), source.shown()));
    }

    Policy given(Policy policy) {
      return add(policy, new Source("none", true));
    }

    Policy resource(Policy policy) {
      return add(policy, new Source("resource", true));
    }

    private Policy add(Policy policy, Source source) {
      if (sources.put(policy, source) == null) {
        policy.unknownActions().stream()
            .limit((long) MOST_WARNINGS - unknown.size())
            .forEach(unknown::add);
      }
      return policy;
    }

    /** Actions that the policies name and nobody knows, the first ones. */
    List<UnknownAction> unknownActions() {
      return List.copyOf(unknown);
    }

    void write(QueryXml xml, String list, List<Match> matches) throws XMLStreamException {
      xml.members(list, matches, this::write);
    }

    private void write(QueryXml xml, Match match) throws XMLStreamException {
      Source source = sources.getOrDefault(match.policy(), new Source("none", false));
      xml.text("SourcePolicyId", match.policy().name()).text("SourcePolicyType", source.type());
      if (source.shown()) {
        place(xml, match.place());
      }
    }

    private static void place(QueryXml xml, Span place) throws XMLStreamException {
      xml.element("StartPosition", start -> position(start, place.start()))
          .element("EndPosition", end -> position(end, place.end()));
    }

    private static void position(QueryXml xml, Position position) throws XMLStreamException {
      xml.text("Line", String.valueOf(position.line()))
          .text("Column", String.valueOf(position.column()));
    }
  }
}
