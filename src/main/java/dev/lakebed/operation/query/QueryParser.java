package dev.lakebed.operation.query;

import dev.lakebed.auth.payload.MemoryBody;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.QueryParameters.Parameter;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import dev.lakebed.http.Request;
import dev.lakebed.operation.query.QueryError.QueryException;
import java.io.IOException;
import java.util.LinkedHashMap;
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
    String form = MemoryBody.read(request.body(), MAX_BODY).latin1();
    if (form.isEmpty()) {
      return;
    }
    String type = request.headers().first("content-type").orElse("");
    if (!type.split(";", 2)[0].trim().equalsIgnoreCase("application/x-www-form-urlencoded")) {
      throw QueryError.MALFORMED_QUERY_STRING.because(
          "The body must be of type application/x-www-form-urlencoded");
    }
    form(form);
  }

  /** A form writes a space as plus, unlike the query string (WHATWG URL, section 5.1). */
  void form(String text) {
    for (int from = 0; from < text.length(); ) {
      int next = text.indexOf('&', from);
      int to = next < 0 ? text.length() : next;
      if (to > from) {
        pair(text, from, to);
      }
      from = to + 1;
    }
  }

  private void pair(String form, int from, int to) {
    int equals = form.indexOf('=', from, to);
    if (equals < 0) {
      add(decode(form, from, to), "");
    } else {
      add(decode(form, from, equals), decode(form, equals + 1, to));
    }
  }

  private static String decode(String form, int from, int to) {
    try {
      return PercentEncoding.decodeForm(form, from, to);
    } catch (MalformedTargetException broken) {
      throw QueryError.MALFORMED_QUERY_STRING.because(
          "A parameter cannot be decoded: " + broken.getMessage());
    }
  }

  private void add(String name, String value) {
    if (name.regionMatches(true, 0, "X-Amz-", 0, 6)) {
      return;
    }
    if (parameters.size() == MAX_PARAMETERS) {
      throw QueryError.MALFORMED_QUERY_STRING.because(
          "More than " + MAX_PARAMETERS + " parameters");
    }
    if (parameters.put(name, value) != null) {
      throw QueryError.MALFORMED_QUERY_STRING.because(
          "Parameter " + Quoted.name(name) + " is given twice");
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
      return QueryError.VALIDATION_ERROR.because(
          "Parameter " + Quoted.name(name) + " is no list member");
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
