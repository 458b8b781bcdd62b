package dev.lakebed.tables.rest;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

public final class JsonAnswer {
  private static final DateTimeFormatter ISO_8601 =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private JsonAnswer() {}

  public static JsonObjectBuilder object() {
    return PROVIDER.createObjectBuilder();
  }

  static JsonArrayBuilder array() {
    return PROVIDER.createArrayBuilder();
  }

  /** A list of one text, as namespaces are written. */
  public static JsonArray listOf(String text) {
    return PROVIDER.createArrayBuilder().add(text).build();
  }

  /** A time as ISO 8601 text with milliseconds, in UTC. */
  public static String time(Instant time) {
    return ISO_8601.format(time);
  }

  /**
   * The answer of an operation that has nothing to say: 200 with an empty object, also where AWS
   * says 204. SeaweedFS clients insist on 200, and AWS SDKs take both.
   */
  public static Response done() {
    return ok(object());
  }

  public static Response ok(JsonObjectBuilder body) {
    return ok(body.build().toString());
  }

  public static Response ok(String json) {
    return response(200, Headers.builder(), json);
  }

  public static Response response(int status, Headers.Builder headers, String json) {
    return new Response(
        status,
        headers.add("Content-Type", "application/json").build(),
        new ResponseBody.Bytes(json.getBytes(StandardCharsets.UTF_8)));
  }
}
