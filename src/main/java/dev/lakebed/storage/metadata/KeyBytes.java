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

  /** UTF-8 of a key or prefix; refuses half a surrogate pair: two such keys would become one. */
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

  /**
   * The keys that a listing goes through, the last one excluded, and the length of their prefix.
   * The arrays are not to be changed.
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record ListRange(byte[] from, byte[] until, int skip) {
    /**
     * Keys that start with {@code prefix}, after {@code after} or, when {@code skipPrefix}, after
     * all that start with it.
     */
    public static ListRange of(String prefix, String after, boolean skipPrefix) {
      byte[] start = KeyBytes.of(prefix);
      byte[] last = KeyBytes.of(after);
      byte[] next = skipPrefix ? KeyBytes.afterAll(last) : KeyBytes.after(last);
      boolean begun = last.length > 0 && Arrays.compareUnsigned(next, start) > 0;
      return new ListRange(begun ? next : start, KeyBytes.afterAll(start), start.length);
    }
  }
}
