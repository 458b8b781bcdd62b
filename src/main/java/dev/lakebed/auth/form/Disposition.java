package dev.lakebed.auth.form;

import java.util.Locale;
import java.util.Optional;

/**
 * A {@code Content-Disposition} of a form part (RFC 7578 section 4.2). In quoted text, {@code \"}
 * and {@code \\} are escapes, as curl writes them, and so is {@code %22}, as browsers do; any other
 * backslash is itself, for old browsers send whole paths.
 *
 * @param name field name as sent
 * @param fileName file name as sent
 */
record Disposition(Optional<String> name, Optional<String> fileName) {
  static Disposition parse(String text) throws MalformedFormException {
    int semicolon = text.indexOf(';');
    if (semicolon < 0 || !text.substring(0, semicolon).strip().equalsIgnoreCase("form-data")) {
      throw new MalformedFormException("A form part is not form-data.");
    }
    Optional<String> name = Optional.empty();
    Optional<String> fileName = Optional.empty();
    int at = semicolon + 1;
    while (at < text.length()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        throw unreadable();
      }
      String parameter = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
      StringBuilder value = new StringBuilder();
      at = value(text, equals + 1, value);
      if (parameter.equals("name") && name.isEmpty()) {
        name = Optional.of(value.toString());
      } else if (parameter.equals("filename") && fileName.isEmpty()) {
        fileName = Optional.of(value.toString());
      } else if (parameter.equals("name") || parameter.equals("filename")) {
        throw unreadable();
      }
    }
    return new Disposition(name, fileName);
  }

  /** Reads one value; gives the index behind its semicolon, or the end. */
  private static int value(String text, int from, StringBuilder value)
      throws MalformedFormException {
    if (from == text.length() || text.charAt(from) != '"') {
      int semicolon = text.indexOf(';', from);
      int end = semicolon < 0 ? text.length() : semicolon;
      value.append(text.substring(from, end).strip());
      return end + 1;
    }
    int i = from + 1;
    for (; i < text.length() && text.charAt(i) != '"'; i++) {
      if (text.startsWith("\\\"", i) || text.startsWith("\\\\", i)) {
        i++;
        value.append(text.charAt(i));
      } else if (text.startsWith("%22", i)) {
        i += 2;
        value.append('"');
      } else {
        value.append(text.charAt(i));
      }
    }
    int semicolon = text.indexOf(';', i);
    int end = semicolon < 0 ? text.length() : semicolon;
    if (i >= text.length() || !text.substring(i + 1, end).isBlank()) {
      throw unreadable();
    }
    return end + 1;
  }

  private static MalformedFormException unreadable() {
    return new MalformedFormException("The Content-Disposition of a form part is malformed.");
  }
}
