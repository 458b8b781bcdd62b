package dev.lakebed.pipeline;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.wire.Response;
import java.io.IOException;
import java.util.List;

/** A request whose operation is known and whose parameters are parsed. */
public interface Call {
  /** The operation's name in its API, for example {@code PutObject}; for logs and metrics. */
  String operation();

  /**
   * What the caller must be allowed before anything is executed. An empty list means that the
   * operation asks for itself while it runs (DeleteObjects, per key) or needs no permission
   * (GetCallerIdentity); an operation states which by its {@link #authorization}.
   */
  List<Permission> permissions() throws IOException;

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

  /** Runs the operation. Reads the request's verified body, if it has one. */
  Response execute(Caller caller) throws IOException;

  /** How an operation is authorised. */
  enum Authorization {
    /** By {@link Call#permissions}; an empty list is denied. */
    DECLARED,
    /** By the operation itself, through the caller it is given. */
    PER_ITEM,
    /** Any authenticated principal (GetCallerIdentity). */
    AUTHENTICATED,
    /** Nobody needs to sign (AssumeRoleWithWebIdentity). */
    OPEN
  }
}
