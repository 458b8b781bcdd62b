package dev.lakebed.s3.operation;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.blob.volume.CorruptBlobException.MissingBlobException;
import java.io.IOException;

final class BoundCall {
  private static final int MORE_TRIES = 4;

  private BoundCall() {}

  static <P> Response execute(S3Operation<P> target, S3Request request, P parameters, Caller caller)
      throws IOException {
    target.requireBuilt(request);
    try {
      return target.execute(request, parameters, caller);
    } catch (MissingBlobException overtaken) {
      return again(target, request, caller, overtaken);
    }
  }

  /**
   * The bytes of an object that was found are gone when it has been overwritten or deleted since.
   * Whatever is there now is judged and read like the first time; when its bytes are missing too,
   * they are lost.
   */
  private static <P> Response again(
      S3Operation<P> target, S3Request request, Caller caller, MissingBlobException overtaken)
      throws IOException {
    MissingBlobException last = overtaken;
    for (int i = 0; i < MORE_TRIES; i++) {
      P fresh = target.parse(request);
      target.permissions(request, fresh, caller).forEach(caller::require);
      try {
        return target.execute(request, fresh, caller);
      } catch (MissingBlobException again) {
        last = again;
      }
    }
    throw last;
  }
}
