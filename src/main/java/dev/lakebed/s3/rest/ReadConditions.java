package dev.lakebed.s3.rest;

import dev.lakebed.storage.metadata.object.StoredObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Preconditions on an object that is read (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">AWS, GetObject</a>;
 * order of evaluation of RFC 9110 section 13.2.2). Times compare in whole seconds; a date that
 * cannot be read counts as absent.
 *
 * @param ifMatch tags of which one must be the object's
 * @param ifNoneMatch tags of which none may be the object's
 */
public record ReadConditions(
    Optional<String> ifMatch,
    Optional<String> ifNoneMatch,
    Optional<Instant> ifModifiedSince,
    Optional<Instant> ifUnmodifiedSince) {

  public enum Outcome {
    PROCEED,
    NOT_MODIFIED,
    FAILED
  }

  public static ReadConditions ofRead(S3Request request) {
    return of(request, "");
  }

  public static ReadConditions ofCopySource(S3Request request) {
    return of(request, "x-amz-copy-source-");
  }

  private static ReadConditions of(S3Request request, String prefix) {
    return new ReadConditions(
        request.header(prefix + "if-match"),
        request.header(prefix + "if-none-match"),
        request.header(prefix + "if-modified-since").flatMap(HttpDate::parse),
        request.header(prefix + "if-unmodified-since").flatMap(HttpDate::parse));
  }

  public Outcome check(StoredObject object) {
    Instant modified = object.lastModified().truncatedTo(ChronoUnit.SECONDS);
    if (ifMatch.isPresent()) {
      if (!EntityTags.match(ifMatch.get(), object.etag())) {
        return Outcome.FAILED;
      }
    } else if (ifUnmodifiedSince.isPresent() && modified.isAfter(ifUnmodifiedSince.get())) {
      return Outcome.FAILED;
    }
    if (ifNoneMatch.isPresent()) {
      return EntityTags.match(ifNoneMatch.get(), object.etag())
          ? Outcome.NOT_MODIFIED
          : Outcome.PROCEED;
    }
    boolean unchanged = ifModifiedSince.isPresent() && !modified.isAfter(ifModifiedSince.get());
    return unchanged ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
  }

  /** Demands that a copy may go on; a copy knows no 304. Fails with PreconditionFailed. */
  public void requireForCopy(StoredObject source) {
    if (check(source) != Outcome.PROCEED) {
      throw S3Error.PRECONDITION_FAILED.exception();
    }
  }
}
