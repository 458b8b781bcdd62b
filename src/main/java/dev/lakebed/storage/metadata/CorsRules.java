package dev.lakebed.storage.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The binary form of a bucket's CORS rules. */
final class CorsRules {
  private static final int FORM = 1;

  private CorsRules() {}

  static byte[] encode(List<CorsRule> rules) {
    BinaryWriter out = new BinaryWriter().number(FORM).number(rules.size());
    for (CorsRule rule : rules) {
      out.optionalText(rule.id());
      write(out, rule.origins());
      write(out, rule.methods());
      write(out, rule.headers());
      write(out, rule.exposed());
      out.flag(rule.maxAgeSeconds().isPresent());
      rule.maxAgeSeconds().ifPresent(out::number);
    }
    return out.toBytes();
  }

  static List<CorsRule> decode(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes).version(FORM);
    int count = in.count();
    List<CorsRule> rules = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rules.add(
          new CorsRule(
              in.optionalText(),
              texts(in),
              texts(in),
              texts(in),
              texts(in),
              in.flag() ? Optional.of(Math.toIntExact(in.number())) : Optional.empty()));
    }
    return List.copyOf(rules);
  }

  private static void write(BinaryWriter out, List<String> texts) {
    out.number(texts.size());
    texts.forEach(out::text);
  }

  private static List<String> texts(BinaryReader in) {
    int count = in.count();
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(in.text());
    }
    return texts;
  }
}
