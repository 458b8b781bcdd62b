package dev.lakebed.tables.rest;

import dev.lakebed.http.Decimal;
import dev.lakebed.http.Response;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Which page of a listing is asked for. A page holds 1000 entries unless less is asked for, and a
 * continuation token is given only when entries remain: the awslabs Iceberg catalog 0.1.x never
 * sends it back and would ask for the first page for ever. {@code after} is the name of the last
 * entry of the page before; empty for the first page.
 */
public record PageRequest(String prefix, String after, int limit) {
  private static final int LARGEST = 1000;
  private static final Pattern PREFIX = Pattern.compile("[!-~]{1,255}");
  private static final Pattern ENTRY = Pattern.compile("[a-z0-9_.-]{1,511}");

  /** Reads {@code prefix}, {@code continuationToken} and the parameter that limits the page. */
  public static PageRequest of(TablesRequest request, String limit) {
    return new PageRequest(
        request.optional("prefix").map(PageRequest::prefix).orElse(""),
        request.optional("continuationToken").map(PageRequest::decode).orElse(""),
        request.optional(limit).map(text -> limit(limit, text)).orElse(LARGEST));
  }

  private static int limit(String name, String text) {
    return Decimal.parse(text, 1, LARGEST)
        .orElseThrow(
            () -> TablesError.BAD_REQUEST.because(name + " must be a number from 1 to 1000."));
  }

  private static String prefix(String text) {
    if (!PREFIX.matcher(text).matches()) {
      throw TablesError.BAD_REQUEST.because("prefix must have 1 to 255 visible ASCII characters.");
    }
    return text;
  }

  private static String decode(String token) {
    try {
      String entry = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (ENTRY.matcher(entry).matches()) {
        return entry;
      }
    } catch (IllegalArgumentException notBase64) {
      throw invalidToken();
    }
    throw invalidToken();
  }

  public static RuntimeException invalidToken() {
    return TablesError.BAD_REQUEST.because("The continuation token is not valid.");
  }

  /** How many entries to fetch in order to know whether more follow. */
  public int fetch() {
    return limit + 1;
  }

  /**
   * The answer, with a continuation token when more was fetched than fits. {@code position} is what
   * the token holds of the last entry.
   */
  public <T> Response answer(
      String member,
      List<T> fetched,
      Function<T, JsonObjectBuilder> view,
      Function<T, String> position) {
    JsonArrayBuilder list = JsonAnswer.array();
    fetched.stream().limit(limit).map(view).forEach(list::add);
    JsonObjectBuilder body = JsonAnswer.object().add(member, list);
    if (fetched.size() > limit) {
      byte[] last = position.apply(fetched.get(limit - 1)).getBytes(StandardCharsets.UTF_8);
      body.add("continuationToken", Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }
    return JsonAnswer.ok(body);
  }
}
