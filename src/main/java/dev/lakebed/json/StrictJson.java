package dev.lakebed.json;

import dev.lakebed.json.JsonPlace.MalformedJsonException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser.Event;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads whole JSON objects with {@link StrictParser}. */
public final class StrictJson {
  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private final StrictParser parser;

  private StrictJson(StrictParser parser) {
    this.parser = parser;
  }

  /** Reads an object from UTF-8, or fails with MalformedJsonException when it is none. */
  public static JsonObject object(byte[] utf8, JsonLimits limits) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return object(text, limits);
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedJsonException("the document is not UTF-8", new JsonPlace(0, 1, 1));
    }
  }

  /** Reads an object, or fails with MalformedJsonException when it is none. */
  public static JsonObject object(String text, JsonLimits limits) {
    try (StrictParser parser = StrictParser.of(text, limits)) {
      if (parser.next() != Event.START_OBJECT) {
        throw parser.error("the document must be an object");
      }
      JsonObject object = new StrictJson(parser).object();
      parser.end();
      return object;
    }
  }

  private JsonObject object() {
    JsonObjectBuilder object = PROVIDER.createObjectBuilder();
    while (parser.next() == Event.KEY_NAME) {
      String name = parser.text();
      object.add(name, value(parser.next()));
    }
    return object.build();
  }

  private JsonArray array() {
    JsonArrayBuilder array = PROVIDER.createArrayBuilder();
    for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
      array.add(value(event));
    }
    return array.build();
  }

  private JsonValue value(Event event) {
    return switch (event) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> PROVIDER.createValue(parser.text());
      case VALUE_NUMBER -> PROVIDER.createValue(new BigDecimal(parser.text()));
      case VALUE_TRUE -> JsonValue.TRUE;
      case VALUE_FALSE -> JsonValue.FALSE;
      case VALUE_NULL -> JsonValue.NULL;
      case KEY_NAME, END_OBJECT, END_ARRAY -> throw parser.error("a value is missing");
    };
  }

  /**
   * How large a JSON text and its parts may be.
   *
   * @param length of the text, in UTF-16 units
   * @param depth objects and arrays within each other
   * @param name length of the name of a member
   * @param values values of every kind, in all
   */
  public record JsonLimits(int length, int depth, int name, int values) {
    public static final JsonLimits REQUEST = new JsonLimits(1 << 20, 64, 4096, 100_000);

    /** Files that the operator gives. */
    public static final JsonLimits FILE = new JsonLimits(1 << 28, 64, 1 << 16, 10_000_000);

    public JsonLimits within(int otherLength, int otherDepth) {
      return new JsonLimits(otherLength, otherDepth, name, values);
    }
  }
}
