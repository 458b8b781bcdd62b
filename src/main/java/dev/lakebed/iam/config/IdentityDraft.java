package dev.lakebed.iam.config;

import dev.lakebed.auth.TagKeys;
import dev.lakebed.iam.model.AccessKey;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.iam.model.User;
import dev.lakebed.policy.Policy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An identity while groups and service accounts may still add to it. */
record IdentityDraft(
    String account,
    String name,
    boolean enabled,
    Map<String, String> tags,
    List<Policy> policies,
    List<AccessKey> keys) {
  IdentityDraft(String account, String name, boolean enabled, Map<String, String> tags) {
    this(account, name, enabled, tags, new ArrayList<>(), new ArrayList<>());
  }

  void attach(List<ManagedPolicy> managed) {
    managed.forEach(policy -> policies.add(policy.identity()));
  }

  User user() {
    return new User(account, name, enabled, tags, policies);
  }

  Stream<OwnedKey> owned() {
    User owner = user();
    return keys.stream().map(key -> new OwnedKey(key, owner));
  }

  /** Reads {@code tags}: an array of objects with key and value. */
  static final class TagSection {
    private TagSection() {}

    static Map<String, String> read(List<Fields> tags) {
      Map<String, String> byKey = new LinkedHashMap<>();
      Set<String> seen = new HashSet<>();
      for (Fields tag : tags) {
        try (tag) {
          Optional<String> key = tag.require("key").flatMap(Element::text);
          String value = tag.text("value").orElse("");
          if (key.isPresent() && !seen.add(TagKeys.fold(key.get()))) {
            tag.element().problem("tag " + key.get() + " is given twice; case does not count");
          }
          key.ifPresent(known -> byKey.put(known, value));
        }
      }
      return byKey;
    }
  }
}
