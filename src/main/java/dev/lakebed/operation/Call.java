package dev.lakebed.operation;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Resource;
import dev.lakebed.http.Response;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Decision.Layer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A request whose operation is known and whose parameters are parsed. */
public interface Call {
  /** The operation's name in its API, for example {@code PutObject}; for logs and metrics. */
  String operation();

  /**
   * What this caller must be allowed before anything is executed.
   *
   * @throws dev.lakebed.auth.AccessDeniedException or the protocol's own refusal, for a caller who
   *     cannot call the operation whatever policies say
   */
  List<Permission> permissions(Caller caller) throws IOException;

  /**
   * For {@link Authorization#PER_ITEM}: permissions one of which any caller needs, on whatever
   * resource. A caller who did not sign and cannot have any of them is refused before the body is
   * read. An empty list says nothing.
   */
  default List<Permission> anyOf() {
    return List.of();
  }

  /** How the operation is authorised. */
  default Authorization authorization() {
    return Authorization.DECLARED;
  }

  /** Runs the operation, which the caller may. Reads the verified body, if there is one. */
  Response execute(Caller caller) throws IOException;

  /**
   * Refuses a caller who may not.
   *
   * @throws dev.lakebed.auth.AccessDeniedException when a permission is not given, or none declared
   * @throws AuthenticationException for an operation of signed callers only
   */
  default void authorise(Caller caller) throws IOException {
    switch (authorization()) {
      case DECLARED -> {
        List<Permission> permissions = permissions(caller);
        if (permissions.isEmpty()) {
          throw caller.refusal(
              Permission.of(operation(), Resource.of("*", caller.principal().account())),
              new Decision.ImplicitDeny(Layer.IDENTITY, operation(), Optional.empty()));
        }
        permissions.forEach(caller::require);
      }
      case PER_ITEM -> {
        permissions(caller).forEach(caller::require);
        requirePossible(caller);
      }
      case AUTHENTICATED -> {
        requireSigned(caller);
        permissions(caller).forEach(caller::require);
      }
      case OPEN -> {}
    }
  }

  /** So that nothing is read for a caller who did not sign and can be allowed nothing. */
  private void requirePossible(Caller caller) {
    List<Permission> anyOf = anyOf();
    if (!anyOf.isEmpty()
        && caller.principal() instanceof Principal.Anonymous
        && anyOf.stream().noneMatch(caller::couldBeAllowed)) {
      Permission first = anyOf.getFirst();
      throw caller.refusal(
          first, new Decision.ImplicitDeny(Layer.RESOURCE, first.action(), Optional.empty()));
    }
  }

  /**
   * Refuses who did not sign.
   *
   * @throws AuthenticationException for them
   */
  static void requireSigned(Caller caller) {
    if (caller.principal() instanceof Principal.Anonymous) {
      throw new AuthenticationException(
          AuthenticationException.Reason.MISSING_AUTHENTICATION,
          "Request is missing Authentication Token");
    }
  }

  /** How an operation is authorised. */
  enum Authorization {
    /** By {@link Call#permissions}; an empty list is denied. */
    DECLARED,
    /** Also by what only the body, or a role's trust policy, tells: while it runs. */
    PER_ITEM,
    /** Any authenticated principal (GetCallerIdentity), with the permissions it declares. */
    AUTHENTICATED,
    /** Nobody needs to sign (AssumeRoleWithWebIdentity). */
    OPEN
  }
}
