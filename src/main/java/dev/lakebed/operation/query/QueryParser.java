package dev.lakebed.operation.query;

import dev.lakebed.http.MalformedTargetException;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.QueryParameters.Parameter;
import dev.lakebed.http.Request;
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
          QueryError.MALFORMED_QUERY_STRING, "Parameter " + Shown.name(name) + " is given twice");
    }
  }

  Map<String, String> parameters() {
    return parameters;
  }
}
