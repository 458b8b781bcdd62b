package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.s3.object.SmallBody;
import dev.lakebed.s3.rest.HeaderText;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.s3.rest.XmlReader.XmlElement;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.CorsRule;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * GetBucketCors, PutBucketCors and DeleteBucketCors, and the rules in XML (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSConfiguration.html">AWS,
 * CORSConfiguration</a>).
 */
public record BucketCors(AccessRules rules) {
  /** AWS, PutBucketCors: "The document is limited to 64 KB in size." */
  private static final int MAX_BODY = 64 * 1024;

  private static final int MAX_RULES = 100;
  private static final int MAX_ID = 255;
  private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "HEAD");

  public Response get(S3Request request, Bucket bucket, Caller caller) {
    if (bucket.cors().isEmpty()) {
      throw S3Error.NO_SUCH_CORS_CONFIGURATION.ofBucket(bucket.name());
    }
    return XmlWriter.answer(write(bucket.cors()));
  }

  public Response put(S3Request request, Bucket bucket, Caller caller) throws IOException {
    rules.setCors(bucket, read(SmallBody.readProtected(request, MAX_BODY)));
    return Response.of(200);
  }

  /** Takes the right to put rules; a bucket without any stays as it is. */
  public Response delete(S3Request request, Bucket bucket, Caller caller) {
    rules.setCors(bucket, List.of());
    return Response.of(204);
  }

  /** Reads the rules, or fails with MalformedXML, InvalidRequest. */
  private static List<CorsRule> read(byte[] body) {
    List<XmlElement> rules =
        XmlReader.read(body, "CORSConfiguration").only("CORSRule").children("CORSRule");
    if (rules.isEmpty() || rules.size() > MAX_RULES) {
      throw S3Error.MALFORMED_XML.exception();
    }
    return rules.stream().map(BucketCors::rule).toList();
  }

  private static CorsRule rule(XmlElement rule) {
    rule.only(
        "ID", "AllowedHeader", "AllowedMethod", "AllowedOrigin", "ExposeHeader", "MaxAgeSeconds");
    List<String> origins = rule.texts("AllowedOrigin");
    List<String> methods = rule.texts("AllowedMethod");
    if (origins.isEmpty() || methods.isEmpty()) {
      throw S3Error.MALFORMED_XML.exception();
    }
    methods.forEach(BucketCors::requireMethod);
    origins.forEach(origin -> requireOneWildcard("AllowedOrigin", origin));
    List<String> headers = rule.texts("AllowedHeader");
    for (String header : headers) {
      requireOneWildcard("AllowedHeader", header);
      requireName("AllowedHeader", header);
    }
    List<String> exposed = rule.texts("ExposeHeader");
    exposed.forEach(BucketCors::requireExposable);
    Optional<String> id = rule.childText("ID");
    if (id.orElse("").length() > MAX_ID) {
      throw refused("The ID of a CORS rule must not be longer than " + MAX_ID + " characters.");
    }
    return new CorsRule(
        id,
        origins,
        methods,
        headers,
        exposed,
        rule.childText("MaxAgeSeconds").map(BucketCors::seconds));
  }

  private static int seconds(String text) {
    String digits = text.strip();
    if (!digits.matches("[0-9]{1,9}")) {
      throw S3Error.MALFORMED_XML.exception();
    }
    return Integer.parseInt(digits);
  }

  private static void requireMethod(String method) {
    if (!METHODS.contains(method)) {
      throw refused(
          "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
    }
  }

  private static void requireOneWildcard(String element, String pattern) {
    if (pattern.indexOf('*') != pattern.lastIndexOf('*')) {
      throw refused(element + " \"" + pattern + "\" can not have more than one wildcard.");
    }
  }

  private static void requireExposable(String name) {
    if (name.contains("*")) {
      throw refused(
          ("ExposeHeader \"%s\" contains wildcard. We currently do not support wildcard for"
                  + " ExposeHeader.")
              .formatted(name));
    }
    requireName("ExposeHeader", name);
  }

  /** The names of answers' headers are written into a header. */
  private static void requireName(String element, String name) {
    if (!HeaderText.isName(name)) {
      throw refused(element + " \"" + name + "\" contains invalid character.");
    }
  }

  private static S3Exception refused(String message) {
    return S3Error.INVALID_REQUEST.exception(message);
  }

  private static XmlWriter write(List<CorsRule> rules) {
    XmlWriter xml = XmlWriter.document("CORSConfiguration");
    for (CorsRule rule : rules) {
      xml.open("CORSRule");
      rule.id().ifPresent(id -> xml.element("ID", id));
      rule.headers().forEach(header -> xml.element("AllowedHeader", header));
      rule.methods().forEach(method -> xml.element("AllowedMethod", method));
      rule.origins().forEach(origin -> xml.element("AllowedOrigin", origin));
      rule.exposed().forEach(header -> xml.element("ExposeHeader", header));
      rule.maxAgeSeconds().ifPresent(seconds -> xml.element("MaxAgeSeconds", (long) seconds));
      xml.close("CORSRule");
    }
    return xml;
  }
}
