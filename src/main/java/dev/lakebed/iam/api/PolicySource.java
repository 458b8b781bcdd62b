package dev.lakebed.iam.api;

import dev.lakebed.iam.store.StoredPolicies;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Evaluation.Match;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Policy.Position;
import dev.lakebed.policy.Policy.UnknownAction;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    Entity entity = inventory.require(arn);
    return switch (entity.kind()) {
      case USER, GROUP, ROLE -> entity;
      case ROOT, POLICY, INSTANCE_PROFILE, OIDC_PROVIDER, SAML_PROVIDER ->
          throw QueryError.INVALID_INPUT.because("The ARN must name a user, group or role.");
    };
  }

  static List<PolicySource> of(Inventory inventory, String arn) {
    return of(inventory, principal(inventory, arn));
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

  /** What an entity itself has; of the configuration also what its groups and actions give it. */
  private static List<PolicySource> own(Inventory inventory, Entity entity) {
    List<PolicySource> own = new ArrayList<>();
    if (entity.configured()) {
      for (Policy policy : inventory.configured().policies(entity)) {
        Optional<String> arn = inventory.configured().arn(policy);
        own.add(new PolicySource(policy.name(), arn, entity, policy, arn.isPresent()));
      }
      return own;
    }
    inventory
        .inline(entity)
        .forEach(
            (name, document) -> {
              Policy policy = StoredPolicies.inline(entity, name, document);
              own.add(new PolicySource(name, Optional.empty(), entity, policy, true));
            });
    inventory.attached(entity).forEach(arn -> own.add(managed(inventory, entity, arn)));
    return own;
  }

  /** A managed policy in its default version. */
  static PolicySource managed(Inventory inventory, Entity holder, String arn) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    Optional<Policy> found =
        inventory.find(arn).stream()
            .flatMap(entity -> inventory.versions(entity).stream().filter(v -> v.isIn(entity)))
            .map(one -> StoredPolicies.compile(name, one.document(), Policy.Kind.IDENTITY))
            .findFirst();
    Policy policy = found.orElseGet(() -> StoredPolicies.missing(arn));
    return new PolicySource(name, Optional.of(arn), holder, policy, found.isPresent());
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
      return add(source.policy(), source.type(), source.shown());
    }

    Policy given(Policy policy) {
      return add(policy, "none", true);
    }

    Policy resource(Policy policy) {
      return add(policy, "resource", true);
    }

    private Policy add(Policy policy, String type, boolean shown) {
      if (sources.put(policy, new Source(type, shown)) == null) {
        policy.unknownActions().stream()
            .limit((long) MOST_WARNINGS - unknown.size())
            .forEach(unknown::add);
      }
      return policy;
    }

    /** Actions that the policies name and nobody knows, the first ones. */
    List<UnknownAction> unknownActions() {
      return unknown;
    }

    void write(QueryXml xml, Match match) {
      Source source = sources.getOrDefault(match.policy(), new Source("none", false));
      xml.text("SourcePolicyId", match.policy().name()).text("SourcePolicyType", source.type());
      if (source.shown()) {
        xml.element("StartPosition", start -> position(start, match.place().start()))
            .element("EndPosition", end -> position(end, match.place().end()));
      }
    }

    private static void position(QueryXml xml, Position position) {
      xml.text("Line", String.valueOf(position.line()))
          .text("Column", String.valueOf(position.column()));
    }
  }
}
