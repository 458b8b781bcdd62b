package dev.lakebed.operation;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.http.Response;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Decision.Layer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An operation bound to a request: the parameters are parsed, and what they name is found.
 *
 * @param operation name in its API, for example {@code PutObject}; for logs and metrics
 * @param authorization how it is authorised
 * @param needed what a caller must be allowed before anything is executed; throws
 *     AccessDeniedException, or the protocol's own refusal, for one who cannot call the operation
 *     whatever policies say
 * @param anyOf for {@link Authorization#PER_ITEM}: permissions one of which any caller needs, on
 *     whatever resource. A caller who did not sign and cannot have any of them is refused before
 *     the body is read. An empty list says nothing.
 * @param work runs the operation
 */
public record Call(
    String operation,
    Authorization authorization,
    Function<Caller, List<Permission>> needed,
    List<Permission> anyOf,
    Work work) {
  /** What is done for a caller who may; reads the verified body, if there is one. */
  @FunctionalInterface
  public interface Work {
    Response run(Caller caller) throws IOException;
  }

  public static Call needing(String operation, List<Permission> permissions, Work work) {
    return needing(operation, caller -> permissions, work);
  }

  public static Call needing(
      String operation, Function<Caller, List<Permission>> needed, Work work) {
    return new Call(operation, Authorization.DECLARED, needed, List.of(), work);
  }

  /** A call whose work asks for permission itself; {@code anyOf} as in the record. */
  public static Call perItem(String operation, List<Permission> anyOf, Work work) {
    return new Call(operation, Authorization.PER_ITEM, caller -> List.of(), anyOf, work);
  }

  /**
   * Binds an operation whose work fails when what it found is gone. Whatever is there then is
   * bound, decided and read like the first time, up to four times more.
   */
  public static <R> Call repeated(
      String name, R request, Operation.Binding<R> binding, Class<? extends IOException> gone)
      throws IOException {
    Call first = binding.bind(name, request);
    return first.with(
        caller -> {
          Call call = first;
          for (int moreTries = 4; ; moreTries--) {
            try {
              return call.work.run(caller);
            } catch (IOException failed) {
              if (moreTries == 0 || !gone.isInstance(failed)) {
                throw failed;
              }
            }
            call = binding.bind(name, request);
            call.permissions(caller).forEach(caller::require);
          }
        });
  }

  public Call with(Work other) {
    return new Call(operation, authorization, needed, anyOf, other);
  }

  public List<Permission> permissions(Caller caller) {
    return needed.apply(caller);
  }

  /** The same call, which works for whom each caller is made into. */
  public Call withCallers(UnaryOperator<Caller> made) {
    return with(caller -> work.run(made.apply(caller)));
  }

  /** A call that its caller may make. There is no other way to run one. */
  public final class Authorised {
    private final Caller caller;

    private Authorised(Caller caller) {
      this.caller = caller;
    }

    public String operation() {
      return operation;
    }

    public Caller caller() {
      return caller;
    }

    public Response run() throws IOException {
      return work.run(caller);
    }
  }

  /**
   * Decides: refuses a caller who may not. Fails with AccessDeniedException when a permission is
   * not given, or none declared, or AuthenticationException for an operation of signed callers
   * only.
   */
  public Authorised authorise(Caller caller) {
    if (authorization == Authorization.AUTHENTICATED) {
      requireSigned(caller);
    }
    List<Permission> permissions = permissions(caller);
    if (authorization == Authorization.DECLARED && permissions.isEmpty()) {
      throw caller.refusal(
          Permission.of(operation, Resource.of("*", caller.principal().account())),
          new Decision.ImplicitDeny(Layer.IDENTITY, operation, Optional.empty()));
    }
    permissions.forEach(caller::require);
    if (authorization == Authorization.PER_ITEM) {
      requirePossible(caller);
    }
    return new Authorised(caller);
  }

  /** So that nothing is read for a caller who did not sign and can be allowed nothing. */
  private void requirePossible(Caller caller) {
    if (!anyOf.isEmpty()
        && caller.principal() instanceof Principal.Anonymous
        && anyOf.stream().noneMatch(caller::couldBeAllowed)) {
      Permission first = anyOf.getFirst();
      throw caller.refusal(
          first, new Decision.ImplicitDeny(Layer.RESOURCE, first.action(), Optional.empty()));
    }
  }

  /** Refuses who did not sign with AuthenticationException. */
  public static void requireSigned(Caller caller) {
    if (caller.principal() instanceof Principal.Anonymous) {
      throw new AuthenticationException(
          AuthenticationException.Reason.MISSING_AUTHENTICATION,
          "Request is missing Authentication Token");
    }
  }

  public enum Authorization {
    /** By {@link Call#permissions}; an empty list is denied. */
    DECLARED,
    /** Also by what only the body, or a role's trust policy, tells: while it runs. */
    PER_ITEM,
    /** Any authenticated principal (GetCallerIdentity), with the permissions it declares. */
    AUTHENTICATED,
    /** Nobody needs to sign (AssumeRoleWithWebIdentity); with the permissions it declares. */
    OPEN
  }
}
