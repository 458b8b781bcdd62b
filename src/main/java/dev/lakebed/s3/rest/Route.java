package dev.lakebed.s3.rest;

import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.QueryParameters.Parameter;
import java.util.Set;
import java.util.TreeSet;

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

  /**
   * Which sub-resource a query names. The S3 API grows: a name that is written as sub-resources are
   * and that nobody here knows is taken for one, so that what it asks for never becomes the
   * operation that the same address has without it. Other parameters that are unknown are ignored,
   * as on AWS.
   */
  private static final class SubResources {
    private static final String ANNOTATION = "annotation";

    /** It tells operations on one annotation from those on all. */
    private static final String ANNOTATION_NAME = "annotationName";

    /** Every sub-resource of the S3 API. They count by presence, not by value. */
    private static final Set<String> SELECTORS =
        HeaderText.names(
            """
            abac accelerate acl analytics annotation annotationName attributes cors delete
            encryption intelligent-tiering inventory legal-hold lifecycle location logging
            metadataAnnotationTable metadataConfiguration metadataInventoryTable
            metadataJournalTable metadataTable metrics notification object-lock ownershipControls
            policy policyStatus publicAccessBlock renameObject replication requestPayment restore
            retention select session tagging torrent uploadId uploads versioning versions website
            """);

    /** Parameters that belong to operations or signatures and select none; they may be empty. */
    private static final Set<String> PARAMETERS =
        HeaderText.names(
            """
            AWSAccessKeyId Expires Signature bucket-region continuation-token delimiter
            encoding-type fetch-owner id key-marker list-type marker max-buckets max-keys max-parts
            max-uploads part-number-marker partNumber prefix select-type start-after
            upload-id-marker version-id-marker versionId x-id
            """);

    private SubResources() {}

    /**
     * The sub-resource, {@link Route#UNKNOWN} when there is one of an unknown name, empty when
     * there is none. Fails with InvalidArgument when there are two.
     */
    static String selected(QueryParameters query) {
      Set<String> found = new TreeSet<>();
      for (Parameter parameter : query.all()) {
        if (SELECTORS.contains(parameter.name())) {
          found.add(parameter.name());
        } else if (isUnknown(parameter)) {
          return Route.UNKNOWN;
        }
      }
      if (found.contains(ANNOTATION_NAME)) {
        found.remove(ANNOTATION);
      }
      if (found.size() > 1) {
        throw S3Error.invalidArgument(
            "Conflicting query string parameters: " + String.join(", ", found), "ResourceType");
      }
      return found.isEmpty() ? "" : found.iterator().next();
    }

    /** Clients write a sub-resource without value; what begins with no letter is none of S3's. */
    private static boolean isUnknown(Parameter parameter) {
      String name = parameter.name();
      return parameter.value().isEmpty()
          && !name.isEmpty()
          && Character.isLetter(name.charAt(0))
          && !PARAMETERS.contains(name)
          && !name.startsWith("response-")
          && !name.regionMatches(true, 0, "x-amz-", 0, 6);
    }
  }
}
