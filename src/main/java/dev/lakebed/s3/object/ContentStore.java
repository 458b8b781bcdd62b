package dev.lakebed.s3.object;

import dev.lakebed.auth.form.PostForm.FileSizeException;
import dev.lakebed.auth.form.PostForm.MalformedFormException;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.s3.rest.ByteRange;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.blob.BlobStore.Pins;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.MetadataUnavailableException.UnknownOutcomeException;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Moves the bytes of objects and parts between requests, answers and the blob store. */
public record ContentStore(BlobStore blobs) {
  /** Most bytes of one PUT, one part and the source of one copy. */
  private static final long MAX_PIECE = 5L << 30;

  private static final long UNKNOWN = -1;
  private static final int BUFFER = 64 * 1024;

  /**
   * Takes the whole body of a request and verifies what it announced. The caller publishes or
   * closes what it gets.
   *
   * @param algorithm checksum to compute besides the announced one
   * @throws S3Exception MissingContentLength, EntityTooLarge, IncompleteBody, BadDigest …
   */
  public ContentWriter receive(
      S3Request request, BodyChecksums announced, ChecksumAlgorithm algorithm) throws IOException {
    RequestBody body = request.wire().body();
    long length = body.length().orElseThrow(S3Error.MISSING_CONTENT_LENGTH::exception);
    if (request.header("content-length").isEmpty()
        && request.header("transfer-encoding").isEmpty()) {
      throw S3Error.MISSING_CONTENT_LENGTH.exception();
    }
    if (length > MAX_PIECE) {
      throw tooLarge(length);
    }
    return take(body, length, announced, algorithm);
  }

  /**
   * As {@link #receive}, for the file of a form, whose length nobody announces. Fails with
   * EntityTooLarge, BadDigest and others.
   */
  public ContentWriter receiveUnsized(
      S3Request request, BodyChecksums announced, ChecksumAlgorithm algorithm) throws IOException {
    return take(request.wire().body(), UNKNOWN, announced, algorithm);
  }

  private ContentWriter take(
      RequestBody body, long length, BodyChecksums announced, ChecksumAlgorithm algorithm)
      throws IOException {
    Set<ChecksumAlgorithm> algorithms = EnumSet.of(algorithm);
    announced.algorithm().ifPresent(algorithms::add);
    ContentWriter content = new ContentWriter(blobs.begin(length), length, algorithms);
    try (InputStream in = body.open()) {
      byte[] buffer = new byte[length < 0 ? BUFFER : Math.clamp(length, 1, BUFFER)];
      for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
        content.write(buffer, 0, n);
        if (content.size() > MAX_PIECE) {
          throw tooLarge(content.size());
        }
      }
      content.finish();
      if (length != UNKNOWN && content.size() != length) {
        throw S3Error.INCOMPLETE_BODY.exception();
      }
      announced.verify(content.md5(), content.checksums(), body.trailers());
      return content;
    } catch (Throwable failed) {
      content.close();
      throw failed;
    }
  }

  /** Refuses the source of a copy that is too long for one piece with InvalidRequest. */
  public static void requireCopyable(long size) {
    if (size > MAX_PIECE) {
      throw S3Error.INVALID_REQUEST.exception(
          "The specified copy source is larger than the maximum allowable size for a copy source: "
              + MAX_PIECE);
    }
  }

  /** Copies a stretch of an object's bytes; the caller publishes or closes what it gets. */
  public ContentWriter copy(StoredObject source, ByteRange range, ChecksumAlgorithm algorithm)
      throws IOException {
    long length = range.length();
    ContentWriter content = new ContentWriter(blobs.begin(length), length, EnumSet.of(algorithm));
    try {
      Pins pins = pin(source, range);
      try {
        write(source, range, content);
      } finally {
        pins.close();
      }
      content.finish();
      return content;
    } catch (Throwable failed) {
      content.close();
      throw failed;
    }
  }

  /**
   * Makes the bytes durable and then has them named by metadata. When metadata certainly did not
   * name them they are given back; when nobody knows, they are left open until the database answers
   * again. {@code naming} names the blob in one transaction, or throws.
   */
  public <T> T publish(
      ContentWriter content, BlobDescriptor descriptor, Function<BlobRef, T> naming)
      throws IOException {
    byte[] encoded = descriptor.encode();
    BlobRef ref = content.commit(encoded);
    T result;
    try {
      result = naming.apply(ref);
    } catch (UnknownOutcomeException | Error unknown) {
      blobs.leaveOpen(ref, encoded);
      throw unknown;
    } catch (RuntimeException refused) {
      blobs.release(ref);
      throw refused;
    }
    blobs.confirm(ref);
    return result;
  }

  /**
   * A body that gives a stretch of an object's bytes, also when the object is overwritten or
   * deleted before it is sent. Fails with MissingBlobException when that has happened already and
   * the bytes are gone.
   */
  public ResponseBody stream(StoredObject object, ByteRange range) throws IOException {
    Pins pins = pin(object, range);
    return new ResponseBody.Streamed(range.length(), out -> write(object, range, out), pins::close);
  }

  /** The answer to a request that wants to know of the bytes, but not to have them. */
  public static ResponseBody unsent(ByteRange range) {
    return new ResponseBody.Streamed(range.length(), out -> {}, () -> {});
  }

  private Pins pin(StoredObject object, ByteRange range) throws IOException {
    return blobs.pin(stretches(object, range).stream().map(Stretch::ref).toList());
  }

  private void write(StoredObject object, ByteRange range, OutputStream out) throws IOException {
    for (Stretch stretch : stretches(object, range)) {
      blobs.read(stretch.ref(), stretch.from(), stretch.length(), out);
    }
  }

  /** A part of a range that lies in one blob, where it begins there. */
  private record Stretch(BlobRef ref, long from, long length) {}

  private static List<Stretch> stretches(StoredObject object, ByteRange range) {
    List<Stretch> stretches = new ArrayList<>();
    long start = 0;
    for (Chunk chunk : object.chunks()) {
      long end = start + chunk.ref().length();
      long from = Math.max(range.first(), start);
      long to = Math.min(range.last() + 1, end);
      if (from < to) {
        stretches.add(new Stretch(chunk.ref(), from - start, to - from));
      }
      start = end;
    }
    return stretches;
  }

  private static S3Exception tooLarge(long size) {
    return S3Error.ENTITY_TOO_LARGE
        .exception()
        .with("ProposedSize", Long.toString(size))
        .with("MaxSizeAllowed", Long.toString(MAX_PIECE));
  }

  /** Reads from the client; its failures are the client's, not the store's. */
  static int read(InputStream in, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (PayloadException | MalformedFormException | FileSizeException known) {
      throw known;
    } catch (IOException cut) {
      throw S3Error.INCOMPLETE_BODY.exception();
    }
  }
}
