package dev.lakebed.s3.rest;

import java.util.Set;

/**
 * What selects an operation. {@code selector} is the name of the sub-resource in the query, or one
 * of the {@code $} words below; empty when there is none.
 */
public record Route(String method, S3Request.Level level, String selector) {
  /** Second version of the listing. */
  public static final String LIST_V2 = "$list-type=2";

  /** The source of the bytes is another object. */
  public static final String COPY = "$copy";

  /** A part of an upload whose bytes are another object's. */
  public static final String COPY_PART = "$copy-part";

  public static final String FORM = "$form";

  /** A sub-resource that is not one of the S3 API, or of a later one. */
  public static final String UNKNOWN = "$unknown";

  private static final String UPLOAD_ID = "uploadId";

  private static final Set<String> LISTINGS = Set.of("uploads", "versions");

  /**
   * Reads what the request selects, or fails with InvalidArgument when two are given at once, or a
   * part number without upload; MethodNotAllowed for an upload without part number; InvalidRequest
   * for a listing of a key.
   */
  public static Route of(S3Request request) {
    String method = request.wire().method();
    S3Request.Level level = request.level();
    if (method.equals("OPTIONS")) {
      // A browser asks with the whole URL of the request that it means.
      return new Route(method, level, "");
    }
    String selector = SubResources.selected(request.wire().query());
    if (method.equals("PUT") && level == S3Request.Level.OBJECT) {
      if (selector.isEmpty() && request.query("partNumber").isPresent()) {
        // A part that lost its upload must not become the object.
        throw S3Error.invalidArgument("This operation needs partNumber and uploadId", UPLOAD_ID);
      }
      if (selector.equals(UPLOAD_ID) && request.query("partNumber").isEmpty()) {
        throw S3Error.METHOD_NOT_ALLOWED
            .exception()
            .with("Method", method)
            .with("ResourceType", "UPLOAD");
      }
      boolean copies = request.header("x-amz-copy-source").isPresent();
      if (selector.isEmpty() && copies) {
        return new Route(method, level, COPY);
      }
      if (selector.equals(UPLOAD_ID) && copies) {
        return new Route(method, level, COPY_PART);
      }
    }
    if (method.equals("GET") && level == S3Request.Level.OBJECT && LISTINGS.contains(selector)) {
      throw S3Error.INVALID_REQUEST.exception(
          "There is no such thing as the ?" + selector + " sub-resource for a key");
    }
    if (selector.isEmpty() && level == S3Request.Level.BUCKET) {
      if (method.equals("GET") && request.text("list-type").equals("2")) {
        return new Route(method, level, LIST_V2);
      }
      if (method.equals("POST") && isForm(request)) {
        return new Route(method, level, FORM);
      }
    }
    return new Route(method, level, selector);
  }

  private static boolean isForm(S3Request request) {
    return request
        .header("content-type")
        .filter(type -> type.regionMatches(true, 0, "multipart/form-data", 0, 19))
        .isPresent();
  }
}
