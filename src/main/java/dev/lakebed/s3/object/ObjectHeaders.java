package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Principal;
import dev.lakebed.http.Headers;
import dev.lakebed.s3.object.RequestAttributes.StorageClasses;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.HeaderText;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.object.StoredObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** The headers that describe an object on GET and HEAD. */
final class ObjectHeaders {
  private ObjectHeaders() {}

  /** Tag, time and caching: also what 304 carries (RFC 9110 section 15.4.5). */
  static Headers.Builder validators(StoredObject object) {
    return Headers.builder()
        .add("etag", EntityTags.quoted(object.etag()))
        .add("last-modified", HttpDate.header(object.lastModified()))
        .add("accept-ranges", "bytes");
  }

  /**
   * Everything; {@code overrides} are headers that the request wants in place of the stored ones.
   */
  static Headers.Builder of(StoredObject object, Map<String, String> overrides) {
    Headers.Builder headers = validators(object);
    overrides.forEach(headers::add);
    object
        .attributes()
        .headers()
        .forEach(
            (name, value) -> {
              boolean shown =
                  !name.equals(StorageClasses.HEADER) || !StorageClasses.isStandard(value);
              if (shown && !overrides.containsKey(name)) {
                headers.add(name, value);
              }
            });
    addMetadata(object.attributes().userMetadata(), headers);
    return headers;
  }

  /** Names that can be no header's were stored by earlier versions; AWS tells their number. */
  private static void addMetadata(Map<String, String> metadata, Headers.Builder headers) {
    int missing = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      String name = UserMetadata.PREFIX + entry.getKey();
      if (HeaderText.isName(name)) {
        headers.add(name, UserMetadata.shown(entry.getValue()));
      } else {
        missing++;
      }
    }
    if (missing > 0) {
      headers.add("x-amz-missing-meta", Integer.toString(missing));
    }
  }

  /** The query parameters {@code response-*}, which set headers of the answer. */
  static final class ResponseOverrides {
    private static final Map<String, String> HEADERS =
        Map.of(
            "response-cache-control", "cache-control",
            "response-content-disposition", "content-disposition",
            "response-content-encoding", "content-encoding",
            "response-content-language", "content-language",
            "response-content-type", "content-type",
            "response-expires", "expires");

    private ResponseOverrides() {}

    static Map<String, String> parse(S3Request request) {
      if (request.wire().target().query().isEmpty()) {
        return Map.of();
      }
      Map<String, String> overrides = new LinkedHashMap<>();
      HEADERS.forEach(
          (parameter, header) ->
              request
                  .query(parameter)
                  .ifPresent(value -> overrides.put(header, HeaderText.ofQuery(parameter, value))));
      return overrides;
    }

    /** Refuses them to callers that have not signed. Fails with InvalidRequest. */
    static void requireSigned(Map<String, String> overrides, Caller caller) {
      if (!overrides.isEmpty() && caller.principal() instanceof Principal.Anonymous) {
        throw S3Error.INVALID_REQUEST.exception(
            "Request specific response headers cannot be used for anonymous GET requests.");
      }
    }
  }
}
