package dev.lakebed.s3.object;

import dev.lakebed.auth.form.PostForm;
import dev.lakebed.http.Headers;
import dev.lakebed.s3.rest.HeaderText;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import java.util.Map;
import java.util.Set;

/**
 * Reads the fields of a browser form as the headers of a PUT (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html">AWS, POST Object</a>).
 */
public final class FormFields {
  static final String STATUS = "success_action_status";
  static final String REDIRECT = "success_action_redirect";

  private static final String KEY = "key";
  private static final Set<String> HEADERS =
      HeaderText.names(
          """
          cache-control content-type content-disposition content-encoding content-language expires
          success_action_status success_action_redirect
          """);
  private static final Set<String> AUTHENTICATION =
      HeaderText.names(
          """
          x-amz-algorithm x-amz-credential x-amz-date x-amz-signature x-amz-security-token
          """);

  private FormFields() {}

  /**
   * The upload that the form asks for.
   *
   * @param request the request that carried the form; its body is the file
   * @throws dev.lakebed.s3.rest.S3Error.S3Exception InvalidArgument without key, or when a field
   *     cannot be a header
   */
  public static S3Request apply(S3Request request, PostForm form) {
    String key = form.field(KEY).orElse("");
    if (key.isEmpty()) {
      throw S3Error.invalidArgument(
          "Bucket POST must contain a field named 'key'. If it is specified, please check the"
              + " order of the fields.",
          KEY);
    }
    S3Request.requireStorableKey(key);
    Headers.Builder headers = Headers.builder().add("host", request.wire().host());
    for (Map.Entry<String, String> field : form.fields().entrySet()) {
      add(headers, field.getKey(), field.getValue());
    }
    return new S3Request(
        request.wire().withHeaders(headers.build()), request.bucket(), key, request.hosted());
  }

  private static void add(Headers.Builder headers, String name, String value) {
    switch (name) {
      case "acl" -> headers.add("x-amz-acl", HeaderText.ofQuery(name, value));
      case "tagging" -> headers.add("x-amz-tagging", Tags.header(value));
      case "redirect" -> headers.add(REDIRECT, HeaderText.ofQuery(name, value));
      default -> {
        boolean attribute = name.startsWith("x-amz-") && !AUTHENTICATION.contains(name);
        if (attribute || HEADERS.contains(name)) {
          headers.add(HeaderText.requireName(name), HeaderText.ofQuery(name, value));
        }
      }
    }
  }
}
