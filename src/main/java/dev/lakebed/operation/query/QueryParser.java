package dev.lakebed.operation.query;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.QueryParameters.Parameter;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import dev.lakebed.http.Request;
import dev.lakebed.operation.query.QueryError.QueryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Collects the parameters of query string and form body. A name may occur only once in both
 * together, so that no part of the server can read another value than the one that was checked.
 */
final class QueryParser {
  /** More than the largest policy document of the protocol (131,072 characters), escaped. */
  static final int MAX_BODY = 1 << 20;

  private static final int MAX_PARAMETERS = 1000;

  private final Map<String, String> parameters = new LinkedHashMap<>();

  static Map<String, String> parse(Request request) throws IOException {
    QueryParser parser = new QueryParser();
    for (Parameter parameter : request.query().all()) {
      parser.add(parameter.name(), parameter.value());
    }
    if (request.method().equals("POST")) {
      parser.form(request);
    }
    return parser.parameters;
  }

  private void form(Request request) throws IOException {
    byte[] body;
    try (InputStream in = request.body().open()) {
      body = in.readNBytes(MAX_BODY + 1);
    }
    if (body.length > MAX_BODY) {
      throw new QueryException(
          QueryError.REQUEST_TOO_LARGE, "The body is larger than " + MAX_BODY + " bytes");
    }
    if (body.length == 0) {
      return;
    }
    String type = request.headers().first("content-type").orElse("");
    if (!isForm(type)) {
      throw new QueryException(
          QueryError.MALFORMED_QUERY_STRING,
          "The body must be of type application/x-www-form-urlencoded");
    }
    form(new String(body, StandardCharsets.ISO_8859_1));
  }

  private static boolean isForm(String contentType) {
    int semicolon = contentType.indexOf(';');
    String media = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return media.trim().toLowerCase(Locale.ROOT).equals("application/x-www-form-urlencoded");
  }

  /** A form writes a space as plus, unlike the query string (WHATWG URL, section 5.1). */
  void form(String text) {
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('&', start);
      if (end < 0) {
        end = text.length();
      }
      if (end > start) {
        pair(text.substring(start, end));
      }
      start = end + 1;
    }
  }

  private void pair(String raw) {
    int equals = raw.indexOf('=');
    if (equals < 0) {
      add(decode(raw), "");
    } else {
      add(decode(raw.substring(0, equals)), decode(raw.substring(equals + 1)));
    }
  }

  private static String decode(String raw) {
    try {
      return PercentEncoding.decode(raw.replace('+', ' '));
    } catch (MalformedTargetException broken) {
      throw new QueryException(
          QueryError.MALFORMED_QUERY_STRING,
          "A parameter cannot be decoded: " + broken.getMessage());
    }
  }

  private void add(String name, String value) {
    if (name.regionMatches(true, 0, "X-Amz-", 0, 6)) {
      return;
    }
    if (parameters.size() == MAX_PARAMETERS) {
      throw new QueryException(
          QueryError.MALFORMED_QUERY_STRING, "More than " + MAX_PARAMETERS + " parameters");
    }
    if (parameters.put(name, value) != null) {
      throw new QueryException(
          QueryError.MALFORMED_QUERY_STRING, "Parameter " + Quoted.name(name) + " is given twice");
    }
  }

  Map<String, String> parameters() {
    return parameters;
  }

  /**
   * The tail of a list parameter's name: {@code member.3} or {@code member.3.Key}.
   *
   * @param number as written, from 1
   * @param field empty for a plain value
   */
  record MemberName(int number, String field) {
    private static final String MEMBER = "member.";
    private static final int MAX_DIGITS = 6;

    static MemberName parse(String name, int from) {
      if (!name.startsWith(MEMBER, from)) {
        throw malformed(name);
      }
      int start = from + MEMBER.length();
      int end = start;
      while (end < name.length() && name.charAt(end) >= '0' && name.charAt(end) <= '9') {
        end++;
      }
      boolean number = end > start && end - start <= MAX_DIGITS && name.charAt(start) != '0';
      boolean plain = end == name.length();
      if (!number || !(plain || (name.charAt(end) == '.' && end + 1 < name.length()))) {
        throw malformed(name);
      }
      return new MemberName(
          Integer.parseInt(name, start, end, 10), plain ? "" : name.substring(end + 1));
    }

    private static QueryException malformed(String name) {
      return new QueryException(
          QueryError.VALIDATION_ERROR, "Parameter " + Quoted.name(name) + " is no list member");
    }
  }

  /** Text of a request as it may appear in a message: short and printable. */
  static final class Quoted {
    private static final int MAX = 64;

    private Quoted() {}

    static String name(String text) {
      StringBuilder out = new StringBuilder(MAX + 3).append('\'');
      for (int i = 0; i < Math.min(text.length(), MAX); i++) {
        char c = text.charAt(i);
        out.append(c >= ' ' && c < 0x7f ? c : '?');
      }
      return out.append(text.length() > MAX ? "…'" : "'").toString();
    }
  }
}
