package dev.lakebed.s3.testing;

import dev.lakebed.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer whose body has been read. */
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, Headers headers, byte[] bytes) {
  /** The body as text. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A header that must be there. */
  public String header(String name) {
    return headers.first(name).orElseThrow();
  }

  /** A header that may be there. */
  public Optional<String> find(String name) {
    return headers.first(name);
  }

  /** Text of the first element of that name; empty when there is none. */
  public String element(String name) {
    List<String> all = elements(name);
    return all.isEmpty() ? "" : all.getFirst();
  }

  /** Texts of all elements of that name that hold no others, references resolved. */
  public List<String> elements(String name) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(text());
    while (matcher.find()) {
      found.add(
          matcher
              .group(1)
              .replace("&quot;", "\"")
              .replace("&lt;", "<")
              .replace("&gt;", ">")
              .replace("&amp;", "&"));
    }
    return found;
  }

  /** The error code. */
  public String code() {
    return element("Code");
  }
}
