package dev.lakebed.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Header fields in the order received; names compare without case (RFC 9110 section 5.1). */
public final class Headers {
  /** No headers. */
  public static final Headers NONE = new Headers(List.of());

  /**
   * One field line.
   *
   * @param name lower-cased name
   * @param value value as received, each character one byte (ISO-8859-1)
   */
  public record Header(String name, String value) {}

  private final List<Header> fields;

  private Headers(List<Header> fields) {
    this.fields = fields;
  }

  /** Collects field lines. */
  public static Builder builder() {
    return new Builder();
  }

  /** All field lines in the order received. */
  public List<Header> all() {
    return fields;
  }

  /** The first value of that name. */
  public Optional<String> first(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    for (Header field : fields) {
      if (field.name().equals(wanted)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** Every value of that name, in order. */
  public List<String> all(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return fields.stream().filter(f -> f.name().equals(wanted)).map(Header::value).toList();
  }

  /** Whether the name occurs. */
  public boolean has(String name) {
    return first(name).isPresent();
  }

  /** Gathers field lines in order. */
  public static final class Builder {
    private final List<Header> fields = new ArrayList<>();

    private Builder() {}

    /** Adds one field line. */
    public Builder add(String name, String value) {
      fields.add(new Header(name.toLowerCase(Locale.ROOT), value));
      return this;
    }

    /** Adds all field lines of others. */
    public Builder addAll(Headers others) {
      fields.addAll(others.fields);
      return this;
    }

    /** The collected fields. */
    public Headers build() {
      return new Headers(List.copyOf(fields));
    }
  }
}
