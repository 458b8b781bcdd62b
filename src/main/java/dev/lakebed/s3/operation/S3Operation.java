package dev.lakebed.s3.operation;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.blob.volume.CorruptBlobException.MissingBlobException;
import java.io.IOException;
import java.util.List;

/** One operation of the S3 API; without state of its own. */
public interface S3Operation<P> {
  /**
   * Reads the parameters from address, query and headers; never from the body. Fails with
   * S3Exception when a parameter is wrong or the bucket is missing.
   */
  P parse(S3Request request);

  /** What this caller must be allowed before {@link #execute}; see {@link Call#permissions}. */
  default List<Permission> permissions(S3Request request, P parameters, Caller caller) {
    return List.of();
  }

  /** Permissions one of which is needed in any case; see {@link Call#anyOf}. */
  default List<Permission> anyOf(S3Request request, P parameters) {
    return List.of();
  }

  default Call.Authorization authorization() {
    return Call.Authorization.DECLARED;
  }

  /**
   * Refuses headers that ask for what this server does not build. Whoever lacks the declared
   * permissions has heard that first. Fails with NotImplemented.
   */
  default void requireBuilt(S3Request request) {}

  /** Runs the operation for a caller who may. */
  Response execute(S3Request request, P parameters, Caller caller) throws IOException;

  default Call bind(String name, S3Request request) {
    P parameters = parse(request);
    return new Call(
        name,
        authorization(),
        caller -> permissions(request, parameters, caller),
        anyOf(request, parameters),
        caller -> {
          requireBuilt(request);
          try {
            return execute(request, parameters, caller);
          } catch (MissingBlobException overtaken) {
            return again(request, caller, overtaken);
          }
        });
  }

  /**
   * The bytes of an object that was found are gone when it has been overwritten or deleted since.
   * Whatever is there now is judged and read like the first time; when its bytes are missing too,
   * they are lost.
   */
  private Response again(S3Request request, Caller caller, MissingBlobException overtaken)
      throws IOException {
    MissingBlobException last = overtaken;
    for (int moreTries = 4; moreTries > 0; moreTries--) {
      P fresh = parse(request);
      permissions(request, fresh, caller).forEach(caller::require);
      try {
        return execute(request, fresh, caller);
      } catch (MissingBlobException again) {
        last = again;
      }
    }
    throw last;
  }
}
