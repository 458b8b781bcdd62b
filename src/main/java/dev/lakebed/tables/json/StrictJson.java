package dev.lakebed.tables.json;

import dev.lakebed.tables.error.TablesError;
import dev.lakebed.tables.error.TablesException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Reads one JSON object (RFC 8259) and refuses what two readers could understand differently:
 * duplicate members, bytes that are not UTF-8, anything after the object. Depth and length of
 * numbers are bounded.
 */
public final class StrictJson {
  static final JsonProvider PROVIDER = JsonProvider.provider();
  private static final int DEEPEST = 64;
  private static final int LONGEST_NUMBER = 64;

  private final JsonParser parser;
  private int depth;

  private StrictJson(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads an object.
   *
   * @throws TablesException with {@code BAD_REQUEST} and the path of what is wrong
   */
  public static JsonObject read(byte[] bytes) {
    try (JsonParser parser = PROVIDER.createParser(new StringReader(text(bytes)))) {
      StrictJson reader = new StrictJson(parser);
      if (reader.next("$") != Event.START_OBJECT) {
        throw refusal("$", "must be an object");
      }
      JsonObject object = reader.object("$");
      if (parser.hasNext()) {
        throw refusal("$", "is followed by more");
      }
      return object;
    } catch (JsonException | NoSuchElementException | IllegalStateException malformed) {
      throw refusal("$", "is not well-formed JSON");
    }
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw refusal("$", "is not UTF-8");
    }
  }

  static TablesException refusal(String path, String problem) {
    return TablesError.BAD_REQUEST.because(
        "The request body is not valid: " + path + ' ' + problem);
  }

  private Event next(String path) {
    if (!parser.hasNext()) {
      throw refusal(path, "is not well-formed JSON");
    }
    return parser.next();
  }

  private JsonObject object(String path) {
    descend(path);
    JsonObjectBuilder object = PROVIDER.createObjectBuilder();
    Set<String> names = new HashSet<>();
    while (next(path) == Event.KEY_NAME) {
      String name = parser.getString();
      String member = path + '.' + name;
      if (!names.add(name)) {
        throw refusal(member, "is there twice");
      }
      object.add(name, value(next(member), member));
    }
    depth--;
    return object.build();
  }

  private JsonArray array(String path) {
    descend(path);
    JsonArrayBuilder array = PROVIDER.createArrayBuilder();
    int index = 0;
    for (Event event = next(path); event != Event.END_ARRAY; event = next(path)) {
      array.add(value(event, path + '[' + index + ']'));
      index++;
    }
    depth--;
    return array.build();
  }

  private void descend(String path) {
    depth++;
    if (depth > DEEPEST) {
      throw refusal(path, "is nested too deeply");
    }
  }

  private JsonValue value(Event event, String path) {
    return switch (event) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> array(path);
      case VALUE_STRING -> PROVIDER.createValue(parser.getString());
      case VALUE_NUMBER -> {
        if (parser.getString().length() > LONGEST_NUMBER) {
          throw refusal(path, "has too many digits");
        }
        yield PROVIDER.createValue(parser.getBigDecimal());
      }
      case VALUE_TRUE -> JsonValue.TRUE;
      case VALUE_FALSE -> JsonValue.FALSE;
      case VALUE_NULL -> JsonValue.NULL;
      case KEY_NAME, END_OBJECT, END_ARRAY -> throw refusal(path, "is not well-formed JSON");
    };
  }
}
