package dev.lakebed.policy;

import java.util.Optional;

/** The answer of the policy engine and its reason. Holds no values of the request. */
public sealed interface Decision {
  /** Whether the action is allowed. */
  boolean allowed();

  /**
   * Why, in the words AWS uses, for example {@code because no session policy allows the
   * s3:PutObject action}. Fits behind "… on resource: …" and names no policy.
   */
  String reason();

  /** The reason with policy and statement, for the log of the server, not for the client. */
  String detail();

  /**
   * A statement allows it and nothing denies it.
   *
   * @param layer where the statement stands
   * @param policy name of the policy
   * @param statement Sid, or {@code #index} counted from 0
   */
  record Allowed(Layer layer, String policy, String statement) implements Decision {
    @Override
    public boolean allowed() {
      return true;
    }

    @Override
    public String reason() {
      return "because " + layer.withArticle() + " allows it";
    }

    @Override
    public String detail() {
      return "allowed by %s %s, statement %s".formatted(layer.noun(), policy, statement);
    }
  }

  /**
   * A Deny statement matches; no Allow can outweigh it.
   *
   * @param layer where the statement stands
   * @param policy name of the policy
   * @param statement Sid, or {@code #index} counted from 0
   */
  record ExplicitDeny(Layer layer, String policy, String statement) implements Decision {
    @Override
    public boolean allowed() {
      return false;
    }

    @Override
    public String reason() {
      return "with an explicit deny in " + layer.withArticle();
    }

    @Override
    public String detail() {
      return "denied by %s %s, statement %s".formatted(layer.noun(), policy, statement);
    }
  }

  /**
   * Nothing denies it, but a layer that must allow it does not.
   *
   * @param layer the layer that does not allow it
   * @param action the action asked for
   * @param nearMiss the statement of that layer that came closest, when one did
   */
  record ImplicitDeny(Layer layer, String action, Optional<NearMiss> nearMiss) implements Decision {
    @Override
    public boolean allowed() {
      return false;
    }

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
  }
}
