package dev.lakebed.iam.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.query.QueryError;
import dev.lakebed.query.QueryException;
import dev.lakebed.query.QueryRequest;
import dev.lakebed.query.QueryXml;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.xml.stream.XMLStreamException;

/**
 * The page that a request asks for.
 *
 * @param after key to begin behind; empty for the beginning
 * @param size at most so many
 */
record Paging(String after, int size) {
  static final Set<String> PARAMETERS = Set.of("Marker", "MaxItems");

  private static final int USUAL = 100;
  private static final int MOST = 1000;

  static Paging of(QueryRequest query) {
    return new Paging(
        query.text("Marker").map(Paging::decode).orElse(""),
        Numbers.find(query, "MaxItems", 1, MOST).orElse(USUAL));
  }

  private static String decode(String marker) {
    try {
      String key = new String(Base64.getUrlDecoder().decode(marker), UTF_8);
      if (!key.isEmpty() && key.indexOf('\0') < 0) {
        return key;
      }
    } catch (IllegalArgumentException notBase64) {
      // Said below, as for any other marker that did not come from here.
    }
    throw new QueryException(QueryError.VALIDATION_ERROR, "Invalid Marker.");
  }

  private static String encode(String key) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
  }

  /** Writes one entry of a page. */
  @FunctionalInterface
  interface Entry<T> {
    void write(QueryXml xml, T item) throws XMLStreamException;
  }

  /** The page of a list that is all there, ordered by its key. */
  <T> List<T> slice(List<T> all, Function<T, String> key) {
    return all.stream()
        .filter(item -> key.apply(item).compareTo(after) > 0)
        .sorted((a, b) -> key.apply(a).compareTo(key.apply(b)))
        .limit(size + 1L)
        .toList();
  }

  /**
   * A list element and what tells the client to go on.
   *
   * @param found one more than the page has when there is more
   */
  <T> QueryXml.Content content(
      String list, List<T> found, Function<T, String> key, Entry<T> entry) {
    return xml -> {
      xml.element(list, members -> members(members, found, entry));
      more(xml, found, key);
    };
  }

  /** The members of this page. */
  <T> void members(QueryXml xml, List<T> found, Entry<T> entry) throws XMLStreamException {
    for (T item : page(found)) {
      xml.element("member", member -> entry.write(member, item));
    }
  }

  <T> List<T> page(List<T> found) {
    return found.subList(0, Math.min(size, found.size()));
  }

  /** IsTruncated and Marker. */
  <T> void more(QueryXml xml, List<T> found, Function<T, String> key) throws XMLStreamException {
    boolean more = found.size() > size;
    xml.text("IsTruncated", String.valueOf(more));
    if (more) {
      xml.text("Marker", encode(key.apply(found.get(size - 1))));
    }
  }
}
