package dev.lakebed.s3.operation;

import dev.lakebed.s3.rest.S3Error;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

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

  /** The text to hand out. */
  public String encode() {
    byte[] text = position.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(2 + text.length + CHECK_BYTES);
    out.put(VERSION).put((byte) (prefix ? 1 : 0)).put(text);
    out.put(check(out.array(), out.position()), 0, CHECK_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
  }

  /**
   * Reads a token.
   *
   * @throws dev.lakebed.s3.rest.S3Exception InvalidArgument when it was not made here
   */
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
    return S3Error.INVALID_ARGUMENT
        .exception("The continuation token provided is incorrect")
        .with("ArgumentName", "continuation-token");
  }

  private static byte[] check(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
