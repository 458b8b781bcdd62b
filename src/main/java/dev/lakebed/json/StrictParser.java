package dev.lakebed.json;

import dev.lakebed.json.JsonPlace.Cursor;
import dev.lakebed.json.JsonPlace.MalformedJsonException;
import dev.lakebed.json.StrictJson.JsonLimits;
import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Reads one JSON value (RFC 8259), token by token, and refuses what two readers could understand
 * differently or what costs more to hold than to send: members given twice, half surrogate pairs,
 * text behind the value, numbers of more than {@value #DIGITS} characters or with an exponent of
 * more than three digits, and whatever exceeds its {@link JsonLimits}. Every token knows its place;
 * its cost is its length.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-9">RFC 8259, section 9: limits of
 *     parsers</a>
 */
public final class StrictParser implements AutoCloseable {
  private static final int DIGITS = 64;
  private static final int EXPONENT_DIGITS = 3;

  /** Looked for once: a class loader that is asked later may be closed. */
  private static final JsonParserFactory PARSERS =
      JsonProvider.provider().createParserFactory(Map.of());

  private final JsonLimits limits;
  private final boolean repeats;
  private final JsonParser parser;
  private final Cursor cursor;

  /** For each open object the names given so far; for each open array an empty set. */
  private final Deque<Set<String>> open = new ArrayDeque<>();

  private JsonPlace place = new JsonPlace(0, 1, 1);
  private int values;

  private StrictParser(String text, JsonLimits limits, boolean repeats) {
    this.limits = limits;
    this.repeats = repeats;
    this.cursor = new Cursor(text);
    if (text.length() > limits.length()) {
      throw error("the document is longer than " + limits.length() + " characters");
    }
    this.parser = PARSERS.createParser(new StringReader(text));
  }

  /** Begins to read, or fails with MalformedJsonException when the text is too long. */
  public static StrictParser of(String text, JsonLimits limits) {
    return new StrictParser(text, limits, false);
  }

  /** The same for a caller who reports members that are given twice by itself. */
  public static StrictParser withRepeatedMembers(String text, JsonLimits limits) {
    return new StrictParser(text, limits, true);
  }

  /** The next token, or fails with MalformedJsonException with the place of what is refused. */
  public Event next() {
    place = cursor.nextToken();
    Event event = advance();
    switch (event) {
      case START_OBJECT -> enter(new HashSet<>());
      case START_ARRAY -> enter(Set.of());
      case END_OBJECT, END_ARRAY -> open.pop();
      case KEY_NAME -> name();
      case VALUE_STRING -> requireCharacters();
      case VALUE_NUMBER -> requireSmallNumber();
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> count();
    }
    return event;
  }

  private Event advance() {
    try {
      if (!parser.hasNext()) {
        throw error("the document ends too early");
      }
      Event event = parser.next();
      cursor.moveTo(parser.getLocation().getStreamOffset());
      return event;
    } catch (JsonException | NoSuchElementException | IllegalStateException notJson) {
      place = cursor.nextToken();
      MalformedJsonException refusal = error("the document is not valid JSON");
      refusal.initCause(notJson);
      throw refusal;
    }
  }

  /** Demands that nothing follows. */
  public void end() {
    place = cursor.nextToken();
    boolean more;
    try {
      more = parser.hasNext();
    } catch (JsonException garbage) {
      more = true;
    }
    if (more) {
      throw error("text follows the document");
    }
  }

  /** The name, the string, or the number as written, that was read last. */
  public String text() {
    return parser.getString();
  }

  public JsonPlace start() {
    return place;
  }

  public JsonPlace behind() {
    return cursor.here();
  }

  public MalformedJsonException error(String reason) {
    return new MalformedJsonException(reason, place);
  }

  private void enter(Set<String> names) {
    count();
    open.push(names);
    if (open.size() > limits.depth()) {
      throw error("the document nests deeper than " + limits.depth() + " levels");
    }
  }

  private void count() {
    values++;
    if (values > limits.values()) {
      throw error("the document has more than " + limits.values() + " values");
    }
  }

  private void name() {
    String name = parser.getString();
    if (name.length() > limits.name()) {
      throw error("a name is longer than " + limits.name() + " characters");
    }
    requireWhole(name);
    if (!repeats && !open.element().add(name)) {
      throw error("duplicate element " + quoted(name));
    }
  }

  private void requireCharacters() {
    count();
    requireWhole(parser.getString());
  }

  /** Half a surrogate pair is no character and would never match one. */
  private void requireWhole(String text) {
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw error("malformed Unicode");
    }
  }

  /** {@code 1e600000000} is short and would fill the memory when it is written out. */
  private void requireSmallNumber() {
    count();
    String number = parser.getString();
    int exponent = Math.max(number.indexOf('e'), number.indexOf('E')) + 1;
    long digits = number.chars().skip(exponent).filter(Character::isDigit).count();
    if (number.length() > DIGITS || (exponent > 0 && digits > EXPONENT_DIGITS)) {
      throw error("a number has too many digits");
    }
  }

  private static String quoted(String name) {
    return '"' + (name.length() <= DIGITS ? name : name.substring(0, DIGITS) + "…") + '"';
  }

  @Override
  public void close() {
    parser.close();
  }
}
