package dev.lakebed.iam.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryException;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Kind;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32C;
import javax.xml.stream.XMLStreamException;

/**
 * The page that a request asks for.
 *
 * @param after key to begin behind; empty for the beginning
 * @param size at most so many
 */
record Paging(String after, int size) {
  static final Parameter MARKER = Parameter.any("Marker", 1, 1024);
  static final List<String> PARAMETERS = List.of("Marker", "MaxItems");

  private static final int USUAL = 100;

  static Paging of(QueryRequest query) {
    return new Paging(
        MARKER.find(query).map(Paging::decode).orElse(""),
        Limits.MAX_ITEMS.find(query).orElse(USUAL));
  }

  /** A marker is a key behind its checksum, so that one that did not come from here is noticed. */
  private static String encode(String key) {
    byte[] text = key.getBytes(UTF_8);
    byte[] marker =
        ByteBuffer.allocate(Integer.BYTES + text.length).putInt(checksum(text)).put(text).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(marker);
  }

  private static String decode(String marker) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(marker));
      if (bytes.remaining() > Integer.BYTES) {
        int checksum = bytes.getInt();
        byte[] text = new byte[bytes.remaining()];
        bytes.get(text);
        if (checksum(text) == checksum) {
          return new String(text, UTF_8);
        }
      }
    } catch (IllegalArgumentException notBase64) {
      // Said below, as for any other marker that did not come from here.
    }
    throw new QueryException(QueryError.VALIDATION_ERROR, "Invalid Marker.");
  }

  private static int checksum(byte[] text) {
    CRC32C crc = new CRC32C();
    crc.update(text);
    return (int) crc.getValue();
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

  /** A page of texts that are all there. */
  QueryXml.Content texts(String list, List<String> all) {
    List<String> found = slice(all, text -> text);
    return xml -> {
      xml.element(
          list,
          members -> {
            for (String text : page(found)) {
              members.text("member", text);
            }
          });
      more(xml, found, text -> text);
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

  /** Pages of entities. */
  static final class Listing {
    private Listing() {}

    /** A page of all entities of a kind below PathPrefix. */
    static QueryXml.Content of(IamRequest x, Kind kind, String list, Paging.Entry<Entity> entry) {
      Paging paging = Paging.of(x.query());
      String prefix = x.find(Parameter.PATH_PREFIX).orElse("/");
      List<Entity> found =
          x.read(
              inventory ->
                  inventory.list(kind, prefix, paging).stream().map(inventory::shown).toList());
      return paging.content(list, found, Inventory::key, entry);
    }

    /** A page of entities that are all there. */
    static QueryXml.Content of(
        IamRequest x, List<Entity> all, String list, Paging.Entry<Entity> entry) {
      Paging paging = Paging.of(x.query());
      return paging.content(list, paging.slice(all, Inventory::key), Inventory::key, entry);
    }
  }
}
