package dev.lakebed.auth.sigv4;

import dev.lakebed.http.Headers;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The header names that a signature covers.
 *
 * @param text the list as sent, names separated by semicolons
 * @param names the names in the order sent
 */
record SignedHeaders(String text, List<String> names) {
  /** As many fields as a request may have. */
  private static final int MOST = 1000;

  /** Reads the list; empty when a name is empty, not in lower case or repeated. */
  static Optional<SignedHeaders> parse(String text) {
    List<String> names = List.of(text.split(";", MOST));
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!isLowerCaseToken(name) || !seen.add(name)) {
        return Optional.empty();
      }
    }
    return Optional.of(new SignedHeaders(text, names));
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  /**
   * The header block of a canonical request: values trimmed, inner runs of blanks collapsed,
   * repeated fields joined by commas.
   *
   * @param host value that stands for the {@code Host} header
   */
  String canonical(Headers headers, String host) {
    StringBuilder out = new StringBuilder(512);
    for (String name : names) {
      out.append(name).append(':');
      if (name.equals("host")) {
        appendCollapsed(out, host);
      } else {
        appendValues(out, headers, name);
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static void appendValues(StringBuilder out, Headers headers, String name) {
    boolean found = false;
    for (Headers.Header field : headers.all()) {
      if (field.name().equals(name)) {
        if (found) {
          out.append(',');
        }
        appendCollapsed(out, field.value());
        found = true;
      }
    }
    if (!found) {
      throw Refusals.signedHeaderMissing(name);
    }
  }

  private static void appendCollapsed(StringBuilder out, String value) {
    int start = out.length();
    boolean blank = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || c == '\t') {
        blank = true;
        continue;
      }
      if (blank && out.length() > start) {
        out.append(' ');
      }
      blank = false;
      out.append(c);
    }
  }

  private static boolean isLowerCaseToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == ':' || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
