package dev.lakebed.auth;

import dev.lakebed.auth.Denial.AccessDeniedException;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The principal of one request together with the question what it may do in that request. */
public interface Caller {
  Principal principal();

  /** The access key that signed the request; empty when nobody signed it. */
  default Optional<String> accessKeyId() {
    return Optional.empty();
  }

  /** The same request in the name of a principal that was proven otherwise than by a signature. */
  default Caller as(Principal proven) {
    throw new UnsupportedOperationException("not the caller of a request");
  }

  /** Evaluates every policy that bears on the permission. */
  Decision decide(Permission permission);

  /**
   * Whether the caller could have the action of a permission on some resource that the same
   * policies guard; false only when that is certain. For requests whose items are in the body.
   */
  default boolean couldBeAllowed(Permission permission) {
    return true;
  }

  /**
   * Evaluates policies that are not the caller's, as a part of his request: the evaluation gets the
   * keys so that its steps count for the request.
   */
  default <T> T evaluate(Keys given, Function<Keys, T> evaluation) {
    return evaluation.apply(given);
  }

  default boolean may(Permission permission) {
    return decide(permission).allowed();
  }

  /** Demands the permission; an {@link AccessDeniedException} says why it is not given. */
  default void require(Permission permission) {
    Decision decision = decide(permission);
    if (!decision.allowed()) {
      throw refusal(permission, decision);
    }
  }

  default AccessDeniedException refusal(Permission permission, Decision decision) {
    Denial denial = deny(permission, decision, "");
    return new AccessDeniedException(denial, () -> seal(denial));
  }

  /** Logs a refusal and keeps it for {@link #denials}; the note says what no decision knows. */
  default Denial deny(Permission permission, Decision decision, String note) {
    return Denial.of(principal(), permission, decision, note, Map.of());
  }

  /** A refusal as the client may have it. */
  default Optional<String> seal(Denial denial) {
    return Optional.empty();
  }

  /** The first permission that this request asked for. */
  default Optional<Permission> asked() {
    return Optional.empty();
  }

  /** What this request was refused so far, a bounded number, oldest first. */
  default List<Denial> denials() {
    return List.of();
  }

  /**
   * A caller that answers like another one, but for what is overridden. It cannot be made another
   * principal unless that is overridden too, so that what was added is not lost on the way.
   */
  public interface ForwardingCaller extends Caller {
    Caller caller();

    @Override
    default Principal principal() {
      return caller().principal();
    }

    @Override
    default Optional<String> accessKeyId() {
      return caller().accessKeyId();
    }

    @Override
    default Decision decide(Permission permission) {
      return caller().decide(permission);
    }

    @Override
    default boolean couldBeAllowed(Permission permission) {
      return caller().couldBeAllowed(permission);
    }

    @Override
    default <T> T evaluate(Keys given, Function<Keys, T> evaluation) {
      return caller().evaluate(given, evaluation);
    }

    @Override
    default Denial deny(Permission permission, Decision decision, String note) {
      return caller().deny(permission, decision, note);
    }

    @Override
    default Optional<String> seal(Denial denial) {
      return caller().seal(denial);
    }

    @Override
    default Optional<Permission> asked() {
      return caller().asked();
    }

    @Override
    default List<Denial> denials() {
      return caller().denials();
    }
  }
}
