package dev.lakebed.operation.query;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Query and form, split and decoded by the JDK (WHATWG URL, section 5.1, for the form). */
final class ReferenceForm {
  private ReferenceForm() {}

  /** The parameters; empty when one cannot be decoded or is given twice. */
  static Optional<Map<String, String>> read(String query, String form) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String pair : (query.replace("+", "%2B") + "&" + form).split("&")) {
      String[] parts = pair.split("=", 2);
      Optional<String> name = decoded(parts[0]);
      Optional<String> value = parts.length == 2 ? decoded(parts[1]) : Optional.of("");
      if (name.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      boolean parameter =
          !pair.isEmpty() && !name.get().toLowerCase(Locale.ROOT).startsWith("x-amz-");
      if (parameter && all.put(name.get(), value.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(all);
  }

  /** Bytes that are not UTF-8 do not survive the way there and back. */
  private static Optional<String> decoded(String raw) {
    try {
      String bytes = URLDecoder.decode(raw, ISO_8859_1);
      String text = new String(bytes.getBytes(ISO_8859_1), UTF_8);
      boolean whole = new String(text.getBytes(UTF_8), ISO_8859_1).equals(bytes);
      return whole ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException brokenEscape) {
      return Optional.empty();
    }
  }
}
