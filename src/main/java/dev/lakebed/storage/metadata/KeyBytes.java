package dev.lakebed.storage.metadata;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys as the database orders them. */
public final class KeyBytes {
  private static final byte[] END = {(byte) 0xff};

  private KeyBytes() {}

  /**
   * UTF-8 of a key or prefix.
   *
   * @throws IllegalArgumentException when it holds half a surrogate pair: two such keys would
   *     become one
   */
  public static byte[] of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return strict(text);
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  /** The smallest bytes above every key that starts with {@code prefix}. */
  public static byte[] afterAll(byte[] prefix) {
    int length = prefix.length;
    while (length > 0 && prefix[length - 1] == (byte) 0xff) {
      length--;
    }
    if (length == 0) {
      // No UTF-8 holds the byte 0xff.
      return END.clone();
    }
    byte[] next = Arrays.copyOf(prefix, length);
    next[length - 1]++;
    return next;
  }

  /** The smallest bytes above {@code key}. */
  public static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  static byte[] later(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b) >= 0 ? a : b;
  }

  private static byte[] strict(String text) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the key is not valid Unicode text", e);
    }
  }

  /** The stretch of keys that a listing goes through. */
  public static final class ListRange {
    private final byte[] from;
    private final byte[] until;
    private final int skip;

    private ListRange(byte[] from, byte[] until, int skip) {
      this.from = from;
      this.until = until;
      this.skip = skip;
    }

    /**
     * Keys that start with {@code prefix}, after {@code after}.
     *
     * @param skipPrefix whether all keys that start with {@code after} lie before the range too
     */
    public static ListRange of(String prefix, String after, boolean skipPrefix) {
      byte[] start = KeyBytes.of(prefix);
      byte[] last = KeyBytes.of(after);
      byte[] from = start;
      if (last.length > 0) {
        byte[] next = skipPrefix ? KeyBytes.afterAll(last) : KeyBytes.after(last);
        from = KeyBytes.later(start, next);
      }
      return new ListRange(from, KeyBytes.afterAll(start), start.length);
    }

    /** First key of the range; the array itself, not to be changed. */
    public byte[] from() {
      return from;
    }

    /** First key after the range; the array itself, not to be changed. */
    public byte[] until() {
      return until;
    }

    /** Length of the prefix in bytes. */
    public int skip() {
      return skip;
    }
  }
}
