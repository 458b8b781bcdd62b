package dev.lakebed.iam.api.parameter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits.WholeNumber;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32C;

/** The page that a request asks for, behind a key that is empty at the beginning. */
public record Paging(String after, int size) {
  public static final Parameter MARKER = Parameter.any("Marker", 1, 1024);
  public static final WholeNumber MAX_ITEMS = new WholeNumber("MaxItems", 1, 1000);

  private static final int USUAL = 100;

  public static Paging of(QueryRequest query) {
    return new Paging(
        MARKER.find(query).map(Paging::decode).orElse(""), MAX_ITEMS.find(query).orElse(USUAL));
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
    throw QueryError.VALIDATION_ERROR.because("Invalid Marker.");
  }

  private static int checksum(byte[] text) {
    CRC32C crc = new CRC32C();
    crc.update(text);
    return (int) crc.getValue();
  }

  /** What is behind {@link #after}, ordered by its key: one more than the page has. */
  public <T> List<T> slice(List<T> all, Function<T, String> key) {
    return all.stream()
        .filter(item -> key.apply(item).compareTo(after) > 0)
        .sorted(Comparator.comparing(key))
        .limit(size + 1L)
        .toList();
  }

  /**
   * A page of {@code all}, which may lack what is before {@link #after} and more than one behind
   * it.
   */
  public <T> QueryXml.Content content(
      String list, List<T> all, Function<T, String> key, QueryXml.Entry<T> entry) {
    List<T> found = slice(all, key);
    return xml -> {
      xml.members(list, page(found), entry);
      more(xml, found, key);
    };
  }

  /** A page of a list in the order it has. */
  public <T> QueryXml.Content inOrder(String list, List<T> all, QueryXml.Entry<T> entry) {
    record Placed<T>(String place, T item) {}
    List<Placed<T>> placed = new ArrayList<>(all.size());
    all.forEach(item -> placed.add(new Placed<>("%06d".formatted(placed.size()), item)));
    return content(
        list, placed, Placed::place, (member, item) -> entry.writeTo(member, item.item()));
  }

  /** A page of texts that are all there. */
  public QueryXml.Content texts(String list, Collection<String> all) {
    List<String> found = slice(List.copyOf(all), Function.identity());
    return xml -> {
      xml.texts(list, page(found));
      more(xml, found, Function.identity());
    };
  }

  /** As many of what was found as the page has. */
  public <T> List<T> page(List<T> found) {
    return found.subList(0, Math.min(size, found.size()));
  }

  /** IsTruncated and Marker; {@code found} has one more than the page when there is more. */
  public <T> void more(QueryXml xml, List<T> found, Function<T, String> key) {
    boolean more = found.size() > size;
    xml.text("IsTruncated", String.valueOf(more));
    if (more) {
      xml.text("Marker", encode(key.apply(found.get(size - 1))));
    }
  }
}
