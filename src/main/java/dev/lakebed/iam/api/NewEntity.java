package dev.lakebed.iam.api;

import dev.lakebed.auth.PolicyWarnings;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.TagList;
import dev.lakebed.iam.model.UniqueId;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;

/** What all actions that make an entity have in common. */
final class NewEntity {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int DIGITS = 17;

  private NewEntity() {}

  static String id(String prefix, int digits) {
    byte[] random = new byte[(digits * 5 + 7) / 8];
    RANDOM.nextBytes(random);
    return prefix + UniqueId.base32(random, digits);
  }

  /** The entity with its path, tags and boundary; the name must be free and the boundary exist. */
  static Entity of(Inventory inventory, IamRequest x, Kind kind, String name, Parameter path) {
    inventory.requireFree(kind, name);
    EntityArn parts = new EntityArn(x.account(), kind, x.find(path).orElse("/"), name);
    return Entity.named(id(kind.prefix(), DIGITS), parts, x.now())
        .tagged(TagList.read(x.query()))
        .bounded(x.find(IamParameter.BOUNDARY).map(arn -> inventory.policy(arn).arn()));
  }

  /** Makes the entity of that name with what {@code details} adds. */
  static Entity insert(IamRequest x, Kind kind, String name, UnaryOperator<Entity> details) {
    return x.write(all -> all.insert(details.apply(of(all, x, kind, name, IamParameter.PATH))));
  }

  static void limit(String quota, int size, int most) {
    refuse(
        size > most, QueryError.LIMIT_EXCEEDED, "Cannot exceed quota for " + quota + ": " + most);
  }

  static void refuse(boolean conflict, QueryError error, String message) {
    if (conflict) {
      throw error.because(message);
    }
  }

  /** Refuses to delete what is still in use. */
  static void refuseUse(boolean used, String message) {
    refuse(used, QueryError.DELETE_CONFLICT, "Cannot delete entity, " + message);
  }

  /** Policy documents in requests: checked by the grammar, counted as AWS counts, kept as given. */
  static final class PolicyInput {
    static final int MANAGED = 6144;
    static final int TRUST = 2048;

    private PolicyInput() {}

    static String managed(IamRequest x) {
      String document = parsed(x.require(IamParameter.POLICY_DOCUMENT), Policy.Kind.IDENTITY);
      limit("PolicySize", size(document), MANAGED);
      return document;
    }

    static String trust(IamRequest x, Parameter parameter) {
      String document = parsed(x.require(parameter), Policy.Kind.TRUST);
      limit("ACLSizePerRole", size(document), TRUST);
      return document;
    }

    /** The document, if the grammar takes it; MalformedPolicyDocument with the place if not. */
    static String parsed(String document, Policy.Kind kind) {
      try {
        Policy.parse("policy", document, kind);
        return document;
      } catch (MalformedPolicyException bad) {
        throw QueryError.MALFORMED_POLICY_DOCUMENT.because(String.valueOf(bad.getMessage()));
      }
    }

    static void warn(String name, String document, Policy.Kind kind, String holder) {
      PolicyWarnings.log(Policy.parse(name, document, kind), holder);
    }

    /** A document that is only looked at; InvalidInput with the place if it is malformed. */
    static Policy input(String name, String document, Policy.Kind kind) {
      try {
        return Policy.parse(name, document, kind);
      } catch (MalformedPolicyException malformed) {
        throw QueryError.INVALID_INPUT.because(name + " is malformed: " + malformed.getMessage());
      }
    }

    /** Characters without white space. */
    static int size(String document) {
      return Math.toIntExact(document.chars().filter(c -> c > ' ').count());
    }
  }
}
