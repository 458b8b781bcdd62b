package dev.lakebed.storage.metadata;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tags as the JSON object that their column holds; empty text for none. */
public final class TagText {
  private TagText() {}

  public static String write(Map<String, String> tags) {
    return tags.isEmpty() ? "" : Json.createObjectBuilder(tags).build().toString();
  }

  public static Map<String, String> read(String text) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (!text.isEmpty()) {
      try (JsonReader reader = Json.createReader(new StringReader(text))) {
        reader
            .readObject()
            .forEach((key, value) -> tags.put(key, ((JsonString) value).getString()));
      }
    }
    return tags;
  }

  /**
   * What can be wrong with a tag: a key has 1 to 128 and a value at most 256 characters, both of a
   * fixed set, and keys of AWS are not for users (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging.html">AWS, Tagging for cost
   * allocation or attribute-based access control</a>).
   */
  public enum TagFault {
    KEY,
    VALUE,
    /** The key begins with {@code aws:}, in whatever case. */
    RESERVED;

    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 256;
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    /** What is wrong with a tag; empty when nothing is. */
    public static Optional<TagFault> of(String key, String value) {
      if (key.isEmpty() || !isAllowed(key, MAX_KEY)) {
        return Optional.of(KEY);
      }
      if (!isAllowed(value, MAX_VALUE)) {
        return Optional.of(VALUE);
      }
      return key.toLowerCase(Locale.ROOT).startsWith("aws:")
          ? Optional.of(RESERVED)
          : Optional.empty();
    }

    private static boolean isAllowed(String text, int longest) {
      return text.codePointCount(0, text.length()) <= longest && ALLOWED.matcher(text).matches();
    }
  }
}
