package dev.lakebed.s3.rest;

import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.QueryParameters.Parameter;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which sub-resource a query names. The S3 API grows: a name that is written as sub-resources are
 * and that nobody here knows is taken for one, so that what it asks for never becomes the operation
 * that the same address has without it. Other parameters that are unknown are ignored, as on AWS.
 */
final class SubResources {
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
   * The sub-resource, {@link Route#UNKNOWN} when there is one of an unknown name, empty when there
   * is none. Fails with InvalidArgument when there are two.
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
