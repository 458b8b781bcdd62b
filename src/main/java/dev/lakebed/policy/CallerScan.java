package dev.lakebed.policy;

import dev.lakebed.policy.Decision.Allowed;
import java.util.List;
import java.util.Optional;

/**
 * What the caller's own policies say: identity, boundary and session. Each of them that is there
 * must allow; boundary and session never grant.
 */
final class CallerScan {
  private static final Decision ROOT = new Allowed(Layer.IDENTITY, "account root", "everything");

  private final boolean root;
  private final LayerScan identity;
  private final Optional<LayerScan> boundary;
  private final Optional<LayerScan> session;

  CallerScan(Question question) {
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

  /** The account itself, in a session or not. */
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

  /** What the identity policies say on their own. */
  Decision identity() {
    return identity.denied().orElseGet(() -> root ? ROOT : identity.outcome());
  }

  /** What the boundary says on its own. */
  Optional<Decision> boundary() {
    return boundary.map(scan -> scan.denied().orElseGet(scan::outcome));
  }

  /** The refusal of a boundary that does not allow. */
  Optional<Decision> boundaryLimit() {
    return boundary.filter(scan -> !scan.allows()).map(LayerScan::outcome);
  }

  /** The refusal of session policies that do not allow. */
  Optional<Decision> sessionLimit() {
    return session.filter(scan -> !scan.allows()).map(LayerScan::outcome);
  }
}
