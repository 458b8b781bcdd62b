package dev.lakebed.s3.rest;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.checksum.Checksum;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.bucket.Bucket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A listing of one bucket, allowed by one action on it. {@code limitName} is the query parameter
 * with the page size.
 */
public record ListOperation(BucketLookup lookup, String action, String limitName, Work work)
    implements Operation.Binding<S3Request> {
  @FunctionalInterface
  public interface Work {
    Response run(S3Request request, ListParameters parameters, Caller caller);
  }

  @Override
  public Call bind(String name, S3Request request) {
    ListParameters parameters = ListParameters.parse(request, lookup.require(request), limitName);
    S3Access access = new S3Access(parameters.bucket(), request);
    return Call.needing(
        name,
        List.of(access.onBucket(action, new ListKeys(request, limitName))),
        caller -> work.run(request, parameters, caller));
  }

  /**
   * What every listing takes.
   *
   * @param limit most entries, at most 1000
   * @param encode whether names are percent-encoded in the answer
   */
  public record ListParameters(
      Bucket bucket, String prefix, String delimiter, int limit, boolean encode) {
    private static final int MAX_ENTRIES = 1000;

    /** Reads them, or fails with InvalidArgument. */
    public static ListParameters parse(S3Request request, Bucket bucket, String limitName) {
      String encoding = request.text("encoding-type");
      if (!encoding.isEmpty() && !encoding.equals("url")) {
        throw S3Error.invalidArgument(
            "Invalid Encoding Method specified in Request", "encoding-type", encoding);
      }
      return new ListParameters(
          bucket,
          request.text("prefix"),
          request.text("delimiter"),
          request.count(limitName, MAX_ENTRIES),
          !encoding.isEmpty());
    }

    /** Adds how the client wants names to be grouped and written, if it says so. */
    public void shape(XmlWriter xml) {
      xml.unlessEmpty("Delimiter", shown(delimiter))
          .unlessEmpty("EncodingType", encode ? "url" : "");
    }

    public void commonPrefix(XmlWriter xml, String name) {
      xml.open("CommonPrefixes").element("Prefix", shown(name)).close("CommonPrefixes");
    }

    public String shown(String name) {
      return encode ? PercentEncoding.encodePath(name) : name;
    }

    /**
     * The common prefix that an exclusive start lies in, of which the rest is then skipped; empty
     * when it lies in none. A listing that was cut behind a common prefix goes on behind all of it.
     */
    public String groupOf(String start) {
      if (delimiter.isEmpty() || !start.startsWith(prefix)) {
        return "";
      }
      int at = start.indexOf(delimiter, prefix.length());
      return at < 0 ? "" : start.substring(0, at + delimiter.length());
    }
  }

  /** Condition keys of listings; a parameter that was not sent is a key that is not there. */
  public record ListKeys(S3Request request, String limitName) implements Keys {
    @Override
    public List<String> values(String key) {
      return switch (key) {
        case "s3:prefix" -> request.query("prefix").stream().toList();
        case "s3:delimiter" -> request.query("delimiter").stream().toList();
        case "s3:max-keys" -> request.query(limitName).stream().toList();
        default -> List.of();
      };
    }
  }

  /**
   * Where the next page begins. The text is opaque and URL-safe. Its check is not a secret: a token
   * gives no more than {@code start-after} does; it only tells an altered token from a real one.
   *
   * @param position exclusive start: a key, or a common prefix
   * @param prefix whether it is a common prefix, of which every key is skipped
   */
  public record PageToken(String position, boolean prefix) {
    private static final byte VERSION = 1;
    private static final int CHECK_BYTES = 8;
    private static final int MAX_CHARACTERS = 2048;

    public String encode() {
      byte[] text = position.getBytes(StandardCharsets.UTF_8);
      ByteBuffer out = ByteBuffer.allocate(2 + text.length + CHECK_BYTES);
      out.put(VERSION).put((byte) (prefix ? 1 : 0)).put(text);
      out.put(check(out.array(), out.position()), 0, CHECK_BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
    }

    /** Reads a token, or fails with InvalidArgument when it was not made here. */
    public static PageToken decode(String token) {
      try {
        if (token.length() <= MAX_CHARACTERS) {
          byte[] bytes = Base64.getUrlDecoder().decode(token);
          int end = bytes.length - CHECK_BYTES;
          if (end >= 2
              && bytes[0] == VERSION
              && Arrays.equals(bytes, end, bytes.length, check(bytes, end), 0, CHECK_BYTES)) {
            String position =
                StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 2, end - 2))
                    .toString();
            return new PageToken(position, bytes[1] == 1);
          }
        }
      } catch (IllegalArgumentException | CharacterCodingException notAToken) {
        throw refusal();
      }
      throw refusal();
    }

    private static RuntimeException refusal() {
      return S3Error.invalidArgument(
          "The continuation token provided is incorrect", "continuation-token");
    }

    private static byte[] check(byte[] bytes, int length) {
      Checksum digest = ChecksumAlgorithm.SHA256.newChecksum();
      digest.update(bytes, 0, length);
      return digest.digest();
    }
  }
}
