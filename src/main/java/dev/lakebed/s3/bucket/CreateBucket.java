package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.policy.Keys;
import dev.lakebed.s3.object.SmallBody;
import dev.lakebed.s3.object.Tags.TagDocument;
import dev.lakebed.s3.object.Tags.TagRules;
import dev.lakebed.s3.object.UnsupportedHeaders;
import dev.lakebed.s3.rest.BucketNames;
import dev.lakebed.s3.rest.S3Access;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.s3.rest.XmlReader.XmlElement;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.bucket.Buckets.BucketExistsException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CreateBucket: a general bucket of the caller's account. A location constraint must name this
 * server's region, or the region that the request itself is signed for, since any region text in a
 * signature means this server.
 */
public record CreateBucket(Buckets buckets, String region) implements Operation.Binding<S3Request> {
  /** The region that has no location constraint. */
  static final String DEFAULT_REGION = "us-east-1";

  private static final int MAX_BODY = TagDocument.MAX_BODY;

  /** The bucket will belong to the caller's account, which only the caller knows. */
  @Override
  public Call bind(String name, S3Request request) {
    BucketNames.requireCreatable(request.bucket());
    BucketConfiguration.refuseHeaders(request);
    Resource bucket = Resource.of(S3Access.arn(request.bucket()), "");
    return Call.perItem(
        name,
        List.of(Permission.of("s3:CreateBucket", bucket)),
        caller -> create(request, request.bucket(), caller));
  }

  private Response create(S3Request request, String name, Caller caller) throws IOException {
    String account = caller.principal().account();
    BucketConfiguration asked = BucketConfiguration.read(SmallBody.read(request, MAX_BODY));
    Optional<String> constraint = asked.location();
    Resource resource = Resource.of(S3Access.arn(name), account);
    Keys keys =
        key -> key.equals("s3:locationconstraint") ? constraint.stream().toList() : List.of();
    Keys all = RequestTags.of(asked.tags()).or(keys).or(S3Access.requestKeys(request));
    caller.require(new Permission("s3:CreateBucket", resource, all));
    if (!asked.tags().isEmpty()) {
      caller.require(new Permission("s3:TagResource", resource, all));
    }
    BucketConfiguration.requireBuilt(request);
    constraint.ifPresent(location -> requireHere(request, location));
    try {
      buckets.create(name, Bucket.Kind.GENERAL, account, asked.tags());
    } catch (BucketExistsException taken) {
      boolean own = isOwn(taken.existing(), account);
      if (!own || !region.equals(DEFAULT_REGION)) {
        throw (own ? S3Error.BUCKET_ALREADY_OWNED_BY_YOU : S3Error.BUCKET_ALREADY_EXISTS)
            .ofBucket(name);
      }
      // In the oldest region AWS answers as if it had been made now, and leaves it as it is.
    }
    Headers headers = Headers.builder().add("location", "/" + name).build();
    return new Response(200, headers, ResponseBody.NONE);
  }

  private static boolean isOwn(Bucket existing, String account) {
    return existing.kind() == Bucket.Kind.GENERAL && existing.owner().equals(account);
  }

  private void requireHere(S3Request request, String constraint) {
    if (constraint.equals(DEFAULT_REGION)) {
      throw S3Error.INVALID_LOCATION_CONSTRAINT.exception().with("LocationConstraint", constraint);
    }
    boolean signedFor =
        SigningRegion.of(request).filter(signed -> signed.equals(constraint)).isPresent();
    if (!constraint.equals(region) && !signedFor) {
      throw S3Error.ILLEGAL_LOCATION_CONSTRAINT
          .exception(
              ("The %s location constraint is incompatible for the region specific endpoint this"
                      + " request was sent to.")
                  .formatted(constraint))
          .with("LocationConstraint", constraint);
    }
  }

  /** The region in the credential scope of a request that authentication has accepted. */
  public static final class SigningRegion {
    private static final Pattern HEADER = Pattern.compile("Credential=[^/,]+/[0-9]{8}/([^/,]+)/");
    private static final Pattern QUERY = Pattern.compile("[^/]+/[0-9]{8}/([^/]+)/.*");

    private SigningRegion() {}

    public static Optional<String> of(S3Request request) {
      Optional<String> header = request.header("authorization");
      if (header.isPresent()) {
        Matcher scope = HEADER.matcher(header.get());
        return scope.find() ? Optional.of(scope.group(1)) : Optional.empty();
      }
      return request
          .query("X-Amz-Credential")
          .map(QUERY::matcher)
          .filter(Matcher::matches)
          .map(scope -> scope.group(1));
    }
  }

  private record BucketConfiguration(Optional<String> location, Map<String, String> tags) {
    private static final BucketConfiguration NONE =
        new BucketConfiguration(Optional.empty(), Map.of());

    /** Reads the body, which may be empty. Fails with MalformedXML, InvalidTag, NotImplemented. */
    static BucketConfiguration read(byte[] body) {
      if (body.length == 0) {
        return NONE;
      }
      XmlElement configuration =
          XmlReader.read(body, "CreateBucketConfiguration")
              .only("LocationConstraint", "Location", "Bucket", "Tags");
      for (String directory : List.of("Location", "Bucket")) {
        if (configuration.child(directory).isPresent()) {
          throw S3Error.NOT_IMPLEMENTED
              .exception(directory + " of CreateBucketConfiguration is not implemented")
              .with("Element", directory);
        }
      }
      return new BucketConfiguration(
          configuration.childText("LocationConstraint").filter(text -> !text.isEmpty()),
          TagRules.BUCKET.check(
              configuration.child("Tags").map(TagDocument::list).orElse(List.of())));
    }

    static void refuseHeaders(S3Request request) {
      for (Headers.Header field : request.wire().headers().all()) {
        String name = field.name();
        if (name.startsWith("x-amz-grant-")) {
          throw S3Error.INVALID_BUCKET_ACL.exception();
        }
        if (name.equals("x-amz-acl")) {
          UnsupportedHeaders.requireCannedAcl(field.value());
          if (!field.value().equals("private")) {
            throw S3Error.INVALID_BUCKET_ACL.exception();
          }
        }
      }
    }

    static void requireBuilt(S3Request request) {
      requireValue(request, "x-amz-object-ownership", "BucketOwnerEnforced");
      requireValue(request, "x-amz-bucket-object-lock-enabled", "false");
      requireValue(request, "x-amz-bucket-namespace", "global");
    }

    private static void requireValue(S3Request request, String header, String built) {
      if (request.header(header).filter(value -> !value.equalsIgnoreCase(built)).isPresent()) {
        throw S3Error.NOT_IMPLEMENTED.exception().with("Header", header);
      }
    }
  }
}
