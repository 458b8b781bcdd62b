package dev.lakebed.s3.rest;

import dev.lakebed.http.Headers;
import dev.lakebed.operation.Operation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The errors of the S3 protocol that this server answers with (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">AWS, Error
 * responses</a>).
 */
public enum S3Error {
  ACCESS_CONTROL_LIST_NOT_SUPPORTED(400, "The bucket does not allow ACLs."),
  ACCESS_DENIED(403, "Access Denied"),
  ACCESS_FORBIDDEN(403, "CORSResponse: CORS is not enabled for this bucket."),
  AUTHORIZATION_HEADER_MALFORMED(400, "The authorization header is malformed."),
  AUTHORIZATION_QUERY_PARAMETERS_ERROR(400, "The query authorization is malformed."),
  BAD_DIGEST(400, "The checksum you specified did not match the calculated checksum."),
  BAD_REQUEST(400, "Bad Request"),
  BUCKET_ALREADY_EXISTS(409, "The requested bucket name is not available."),
  BUCKET_ALREADY_OWNED_BY_YOU(409, "The bucket exists already and you own it."),
  BUCKET_NOT_EMPTY(409, "The bucket you tried to delete is not empty."),
  CONDITIONAL_REQUEST_CONFLICT(409, "A conflicting operation happened during this request."),
  ENTITY_TOO_LARGE(400, "Your proposed upload exceeds the maximum allowed size."),
  ENTITY_TOO_SMALL(400, "Your proposed upload is smaller than the minimum allowed size."),
  EXPIRED_TOKEN(400, "The provided token has expired."),
  ILLEGAL_LOCATION_CONSTRAINT(
      "IllegalLocationConstraintException",
      400,
      "The location constraint is incompatible for the region specific endpoint this request was"
          + " sent to."),
  INCOMPLETE_BODY(
      400, "You did not provide the number of bytes specified by the Content-Length HTTP header."),
  INTERNAL_ERROR(500, "We encountered an internal error. Please try again."),
  INVALID_ACCESS_KEY_ID(403, "The AWS Access Key Id you provided does not exist in our records."),
  INVALID_ARGUMENT(400, "Invalid Argument"),
  INVALID_POLICY_DOCUMENT(400, "The policy document of the form cannot be read."),
  INVALID_BUCKET_ACL(
      "InvalidBucketAclWithObjectOwnership",
      400,
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"),
  INVALID_BUCKET_NAME(400, "The specified bucket is not valid."),
  INVALID_BUCKET_STATE(409, "The request is not valid for the current state of the bucket."),
  INVALID_CHUNK_SIZE(
      "InvalidChunkSizeError",
      403,
      "Only the last chunk is allowed to have a size less than 8192 bytes"),
  INVALID_DIGEST(400, "The Content-MD5 or checksum value that you specified is not valid."),
  INVALID_LOCATION_CONSTRAINT(400, "The specified location-constraint is not valid."),
  INVALID_PART(
      400,
      "One or more of the specified parts could not be found. The part might not have been"
          + " uploaded, or the specified entity tag might not have matched the part's entity tag."),
  INVALID_PART_NUMBER(416, "The requested partnumber is not satisfiable"),
  INVALID_PART_ORDER(400, "The list of parts was not in ascending order of part number."),
  INVALID_RANGE(416, "The requested range is not satisfiable"),
  INVALID_REDIRECT_LOCATION(
      400, "The website redirect location must have a prefix of 'http://' or 'https://' or '/'."),
  INVALID_REQUEST(400, "Invalid Request"),
  INVALID_STORAGE_CLASS(400, "The storage class you specified is not valid."),
  INVALID_TAG(400, "The tag provided was not a valid tag."),
  INVALID_TOKEN(400, "The provided token is malformed or otherwise not valid."),
  INVALID_URI("InvalidURI", 400, "Couldn't parse the specified URI."),
  KEY_TOO_LONG("KeyTooLongError", 400, "Your key is too long."),
  KMS_NOT_FOUND("KMS.NotFoundException", 400, "The KMS key does not exist."),
  MALFORMED_POLICY(400, "Policies must be valid JSON."),
  MALFORMED_POST_REQUEST(
      "MalformedPOSTRequest",
      400,
      "The body of your POST request is not well-formed multipart/form-data."),
  MALFORMED_TRAILER(
      "MalformedTrailerError",
      400,
      "The request contained trailing data that was not well-formed."),
  MALFORMED_XML(
      "MalformedXML",
      400,
      "The XML you provided was not well-formed or did not validate against our published"
          + " schema."),
  MAX_MESSAGE_LENGTH_EXCEEDED(400, "Your request was too big."),
  METADATA_TOO_LARGE(400, "Your metadata headers exceed the maximum allowed metadata size."),
  METHOD_NOT_ALLOWED(405, "The specified method is not allowed against this resource."),
  MISSING_CONTENT_LENGTH(411, "You must provide the Content-Length HTTP header."),
  NOT_IMPLEMENTED(
      501, "A header or query you provided implies functionality that is not implemented."),
  NO_SUCH_BUCKET(404, "The specified bucket does not exist"),
  NO_SUCH_BUCKET_POLICY(404, "The bucket policy does not exist"),
  NO_SUCH_CONFIGURATION(404, "The specified configuration does not exist."),
  NO_SUCH_CORS_CONFIGURATION(
      "NoSuchCORSConfiguration", 404, "The CORS configuration does not exist"),
  NO_SUCH_KEY(404, "The specified key does not exist."),
  NO_SUCH_LIFECYCLE_CONFIGURATION(404, "The lifecycle configuration does not exist"),
  NO_SUCH_PUBLIC_ACCESS_BLOCK(
      "NoSuchPublicAccessBlockConfiguration",
      404,
      "The public access block configuration was not found"),
  NO_SUCH_TAG_SET(404, "The TagSet does not exist"),
  NO_SUCH_UPLOAD(
      404,
      "The specified multipart upload does not exist. The upload ID might be invalid, or the"
          + " multipart upload might have been aborted or completed."),
  NO_SUCH_VERSION(404, "The specified version does not exist."),
  NO_SUCH_WEBSITE_CONFIGURATION(404, "The specified bucket does not have a website configuration"),
  OBJECT_LOCK_CONFIGURATION_NOT_FOUND(
      "ObjectLockConfigurationNotFoundError",
      404,
      "Object Lock configuration does not exist for this bucket"),
  OPERATION_ABORTED(
      409,
      "A conflicting conditional operation is currently in progress against this resource. Please"
          + " try again."),
  POLICY_TOO_LARGE(400, "Policy exceeds the maximum allowed document size."),
  PRECONDITION_FAILED(412, "At least one of the pre-conditions you specified did not hold"),
  REPLICATION_CONFIGURATION_NOT_FOUND(
      "ReplicationConfigurationNotFoundError", 404, "The replication configuration was not found"),
  REQUEST_TIMEOUT(
      400,
      "Your socket connection to the server was not read from or written to within the timeout"
          + " period."),
  REQUEST_TIME_TOO_SKEWED(
      403, "The difference between the request time and the server's time is too large."),
  SERVER_SIDE_ENCRYPTION_CONFIGURATION_NOT_FOUND(
      "ServerSideEncryptionConfigurationNotFoundError",
      404,
      "The server side encryption configuration was not found"),
  SERVICE_UNAVAILABLE(503, "Service is unable to handle request."),
  SHA256_MISMATCH(
      "XAmzContentSHA256Mismatch",
      400,
      "The provided 'x-amz-content-sha256' header does not match what was computed."),
  SIGNATURE_DOES_NOT_MATCH(
      403,
      "The request signature we calculated does not match the signature you provided. Check your"
          + " key and signing method."),
  SLOW_DOWN(503, "Please reduce your request rate.");

  private final String code;
  private final int status;
  private final String message;

  S3Error(int status, String message) {
    this.code = Operation.apiName(this);
    this.status = status;
    this.message = message;
  }

  S3Error(String code, int status, String message) {
    this.code = code;
    this.status = status;
    this.message = message;
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  public String message() {
    return message;
  }

  public S3Exception exception() {
    return new S3Exception(this, message);
  }

  /** An exception with a message of its own, which may be shown to the caller. */
  public S3Exception exception(String text) {
    return new S3Exception(this, text);
  }

  public S3Exception ofBucket(String name) {
    return exception().with("BucketName", name);
  }

  public static S3Exception invalidArgument(String message, String name) {
    return INVALID_ARGUMENT.exception(message).with("ArgumentName", name);
  }

  public static S3Exception invalidArgument(String message, String name, String value) {
    return invalidArgument(message, name).with("ArgumentValue", value);
  }

  /** A request that ends with an error of the S3 protocol. */
  public static final class S3Exception extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final S3Error error;
    private final transient Map<String, String> details;
    private final transient Headers headers;

    public S3Exception(S3Error error, String message) {
      this(error, message, Map.of(), Headers.NONE);
    }

    private S3Exception(
        S3Error error, String message, Map<String, String> details, Headers headers) {
      // A refusal is an ordinary answer: no stack trace, it would cost more than the request.
      super(message, null, false, false);
      this.error = error;
      this.details = details;
      this.headers = headers;
    }

    public S3Exception with(String element, String value) {
      Map<String, String> more = new LinkedHashMap<>(details);
      more.put(element, value);
      return new S3Exception(error, getMessage(), more, headers);
    }

    public S3Exception withHeaders(Headers own) {
      return new S3Exception(error, getMessage(), details, own);
    }

    public S3Error error() {
      return error;
    }

    @Override
    public String getMessage() {
      String message = super.getMessage();
      return message == null ? error.message() : message;
    }

    /** Extra elements of the body, in order. */
    public Map<String, String> details() {
      return details;
    }

    public Headers headers() {
      return headers;
    }
  }
}
