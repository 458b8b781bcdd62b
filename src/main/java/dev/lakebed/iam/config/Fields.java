package dev.lakebed.iam.config;

import dev.lakebed.iam.config.Element.Durations;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members of one object. Every name that is asked for, in camelCase or snake_case, counts as
 * known; {@link #close} reports the others.
 */
final class Fields implements AutoCloseable {
  private final Element element;
  private final List<JsonNode.Member> members;
  private final Set<JsonNode.Member> taken = new HashSet<>();

  Fields(Element element, JsonNode.Struct object) {
    this.element = element;
    this.members = object.members();
  }

  Element element() {
    return element;
  }

  /** The value of a member; null counts as absent, as in SeaweedFS. */
  Optional<Element> find(String camelCase) {
    String snakeCase = camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    Optional<Element> found = Optional.empty();
    for (JsonNode.Member member : members) {
      if (!member.name().equals(camelCase) && !member.name().equals(snakeCase)) {
        continue;
      }
      taken.add(member);
      Element value = element.member(member.name(), member.value());
      if (found.isPresent()) {
        element.source().problem(member.start(), 1, 1, value.path(), "is given twice");
      }
      found = Optional.of(value);
    }
    return found.filter(value -> !(value.node() instanceof JsonNode.Null));
  }

  Optional<Element> require(String camelCase) {
    Optional<Element> found = find(camelCase);
    if (found.isEmpty()) {
      element.problem("needs a field " + camelCase);
    }
    return found;
  }

  Optional<String> text(String camelCase) {
    return find(camelCase).flatMap(Element::text);
  }

  Optional<String> requireText(String camelCase) {
    return require(camelCase).flatMap(Element::text);
  }

  Optional<Fields> object(String camelCase) {
    return find(camelCase).flatMap(Element::fields);
  }

  Optional<Duration> duration(String camelCase, Duration least, Duration most) {
    return find(camelCase).flatMap(value -> Durations.parse(value, least, most));
  }

  /** Every member that is a text, whatever its name. */
  Map<String, String> texts() {
    Map<String, String> texts = new HashMap<>();
    for (JsonNode.Member member : members) {
      Element value = element.member(member.name(), member.value());
      value.text().ifPresent(text -> texts.put(member.name(), text));
    }
    return texts;
  }

  boolean flag(String camelCase, boolean otherwise) {
    return find(camelCase).flatMap(Element::flag).orElse(otherwise);
  }

  /** The items of an array; none when the member is absent. */
  List<Element> list(String camelCase) {
    return find(camelCase).map(Element::items).orElse(List.of());
  }

  List<Fields> objects(String camelCase) {
    return list(camelCase).stream().flatMap(item -> item.fields().stream()).toList();
  }

  List<String> texts(String camelCase) {
    return list(camelCase).stream().flatMap(item -> item.text().stream()).toList();
  }

  /** Names that are known and have no meaning here. */
  void accept(String... names) {
    for (String name : names) {
      find(name);
    }
  }

  /** Reports every member that nobody asked for. */
  @Override
  public void close() {
    for (JsonNode.Member member : members) {
      if (!taken.contains(member)) {
        String path = element.member(member.name(), member.value()).path();
        element.source().problem(member.start(), 1, 1, path, "unknown field");
      }
    }
  }
}
