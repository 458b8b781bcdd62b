package dev.lakebed.policy;

import dev.lakebed.policy.Decision.Allowed;
import dev.lakebed.policy.Decision.ExplicitDeny;
import dev.lakebed.policy.Decision.ImplicitDeny;
import dev.lakebed.policy.Decision.Layer;
import dev.lakebed.policy.Decision.NearMiss;
import dev.lakebed.policy.PrincipalSet.Reach;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.policy.Question.Subject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the caller's own policies say: identity, boundary and session. Each of them that is there
 * must allow; boundary and session never grant.
 */
final class PolicyScan {
  private static final Decision ROOT = new Allowed(Layer.IDENTITY, "account root", "everything");

  private final boolean root;
  private final LayerScan identity;
  private final Optional<LayerScan> boundary;
  private final Optional<LayerScan> session;

  PolicyScan(Question question) {
    Grants grants = question.grants();
    root = grants.root() || question.subject().kind() == Subject.Kind.ROOT;
    identity = LayerScan.of(Layer.IDENTITY, question, grants.identity());
    boundary =
        grants.boundary().map(policy -> LayerScan.of(Layer.BOUNDARY, question, List.of(policy)));
    session =
        grants.session().isEmpty()
            ? Optional.empty()
            : Optional.of(LayerScan.of(Layer.SESSION, question, grants.session()));
  }

  boolean isRoot() {
    return root;
  }

  boolean isNarrowed() {
    return session.isPresent();
  }

  Optional<Decision> denied() {
    return identity
        .denied()
        .or(() -> boundary.flatMap(LayerScan::denied))
        .or(() -> session.flatMap(LayerScan::denied));
  }

  /** Identity, boundary and session together, when nothing denies. */
  Decision outcome() {
    Decision granted = root ? ROOT : identity.outcome();
    return granted.allowed() ? boundaryLimit().or(this::sessionLimit).orElse(granted) : granted;
  }

  Decision identity() {
    return identity.denied().orElseGet(() -> root ? ROOT : identity.outcome());
  }

  Optional<Decision> boundary() {
    return boundary.map(scan -> scan.denied().orElseGet(scan::outcome));
  }

  Optional<Decision> boundaryLimit() {
    return boundary.filter(scan -> !scan.allows()).map(LayerScan::outcome);
  }

  Optional<Decision> sessionLimit() {
    return session.filter(scan -> !scan.allows()).map(LayerScan::outcome);
  }

  static final class LayerScan {
    private final Layer layer;
    private final Question question;
    private final String action;
    private Reach reach = Reach.NONE;
    private @Nullable Allowed allowed;
    private @Nullable ExplicitDeny denied;
    private @Nullable NearMiss nearMiss;

    private LayerScan(Layer layer, Question question) {
      this.layer = layer;
      this.question = question;
      this.action = ActionSet.fold(question.action());
    }

    /** Looks at every statement about the action, up to the first Deny that matches. */
    static LayerScan of(Layer layer, Question question, List<Policy> policies) {
      LayerScan scan = new LayerScan(layer, question);
      for (int i = 0; i < policies.size() && scan.denied == null; i++) {
        scan.policy(policies.get(i));
      }
      return scan;
    }

    private void policy(Policy policy) {
      List<Statement> statements = policy.about(action, question.keys().effort());
      for (int i = 0; i < statements.size() && denied == null; i++) {
        statement(policy, statements.get(i));
      }
    }

    private void statement(Policy policy, Statement statement) {
      if ((!statement.deny() && reach == Reach.DIRECT) || !statement.covers(question)) {
        return;
      }
      Reach reached = statement.principals().reach(question.subject());
      if (reached == Reach.NONE) {
        return;
      }
      Optional<Condition> failing = statement.failing(question.keys());
      if (failing.isPresent()) {
        if (nearMiss == null && !statement.deny()) {
          nearMiss = new NearMiss(policy.name(), statement.label(), failing.get().description());
        }
      } else if (statement.deny()) {
        denied = new ExplicitDeny(layer, policy.name(), statement.label());
      } else if (reached.compareTo(reach) > 0) {
        reach = reached;
        allowed = new Allowed(layer, policy.name(), statement.label());
      }
    }

    /** How directly the best Allow names the subject. */
    Reach reach() {
      return reach;
    }

    boolean allows() {
      return reach != Reach.NONE;
    }

    Optional<Decision> denied() {
      return Optional.ofNullable(denied);
    }

    Decision outcome() {
      return allowed != null
          ? allowed
          : new ImplicitDeny(layer, question.action(), Optional.ofNullable(nearMiss));
    }
  }
}
