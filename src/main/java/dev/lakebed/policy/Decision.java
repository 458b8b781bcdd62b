package dev.lakebed.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The answer of the policy engine and its reason. Holds no values of the request. */
public sealed interface Decision {
  default boolean allowed() {
    return this instanceof Allowed;
  }

  /**
   * Why, in the words AWS uses, for example {@code because no session policy allows the
   * s3:PutObject action}. Fits behind "… on resource: …" and names no policy.
   */
  String reason();

  /** The reason with policy and statement, for the log of the server, not for the client. */
  String detail();

  /**
   * What decided, in the words that log, audit trail and command line share: {@code kind}, {@code
   * layer}, and {@code policy} and {@code statement}, or {@code nearestPolicy}, {@code
   * nearestStatement} and {@code failedCondition}, or {@code rule}; in this order.
   */
  Map<String, String> facts();

  private static Map<String, String> ofStatement(
      String kind, Layer layer, String policy, String statement) {
    return facts("kind", kind, "layer", layer.name(), "policy", policy, "statement", statement);
  }

  private static Map<String, String> facts(String... namesAndValues) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      facts.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return facts;
  }

  /** {@code statement} is the Sid of the one that allows, or {@code #index} counted from 0. */
  record Allowed(Layer layer, String policy, String statement) implements Decision {
    @Override
    public String reason() {
      return "because " + layer.withArticle() + " allows it";
    }

    @Override
    public String detail() {
      return "allowed by %s %s, statement %s".formatted(layer.noun(), policy, statement);
    }

    @Override
    public Map<String, String> facts() {
      return ofStatement("allowed", layer, policy, statement);
    }
  }

  /** {@code statement} is the Sid of the one that denies, or {@code #index} counted from 0. */
  record ExplicitDeny(Layer layer, String policy, String statement) implements Decision {
    @Override
    public String reason() {
      return "with an explicit deny in " + layer.withArticle();
    }

    @Override
    public String detail() {
      return "denied by %s %s, statement %s".formatted(layer.noun(), policy, statement);
    }

    @Override
    public Map<String, String> facts() {
      return ofStatement("explicitDeny", layer, policy, statement);
    }
  }

  /**
   * Nothing denies it, but a layer that must allow it does not. {@code nearMiss} is the statement
   * of that layer that came closest, when one did.
   */
  record ImplicitDeny(Layer layer, String action, Optional<NearMiss> nearMiss) implements Decision {
    @Override
    public String reason() {
      return "because no " + layer.noun() + " allows the " + action + " action";
    }

    @Override
    public String detail() {
      return reason()
          + nearMiss
              .map(
                  near ->
                      "; nearest: policy %s, statement %s, condition not met: %s"
                          .formatted(near.policy(), near.statement(), near.condition()))
              .orElse("; no statement matches action, resource and principal");
    }

    @Override
    public Map<String, String> facts() {
      Map<String, String> facts = Decision.facts("kind", "implicitDeny", "layer", layer.name());
      nearMiss.ifPresent(
          near ->
              facts.putAll(
                  Decision.facts(
                      "nearestPolicy", near.policy(),
                      "nearestStatement", near.statement(),
                      "failedCondition", near.condition())));
      return facts;
    }
  }

  /**
   * A rule of the server refuses it, whatever the policies say. {@code rule} is a name for it, for
   * example {@code RestrictPublicBuckets}.
   */
  record Prevented(String rule, String reason) implements Decision {
    @Override
    public String detail() {
      return reason + ", rule " + rule;
    }

    @Override
    public Map<String, String> facts() {
      return Decision.facts("kind", "prevented", "rule", rule);
    }
  }

  /**
   * The first Allow that matched action, resource and principal. {@code condition} is operator and
   * key of the condition that failed; never a value.
   */
  public record NearMiss(String policy, String statement, String condition) {}

  /** The kind of policy that a decision rests on, in the order in which AWS names them. */
  public enum Layer {
    /** Policies of the user or role: inline, managed, of its groups. */
    IDENTITY("an", "identity-based policy"),
    BOUNDARY("a", "permissions boundary"),
    /** Policies passed when the session began. */
    SESSION("a", "session policy"),
    /** The policy of the bucket or table. */
    RESOURCE("a", "resource-based policy"),
    TRUST("the", "role trust policy");

    private final String article;
    private final String noun;

    Layer(String article, String noun) {
      this.article = article;
      this.noun = noun;
    }

    String noun() {
      return noun;
    }

    String withArticle() {
      return article + " " + noun;
    }
  }
}
