package dev.lakebed.iam.config;

import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.iam.model.SafeXml.MalformedSamlException;
import dev.lakebed.iam.model.SamlMetadata;
import dev.lakebed.iam.model.StsSettings.SamlOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code config} of a provider of type {@code saml}, which SeaweedFS names and does not have:
 * the metadata document or the path of its file, and whom assertions may be made out to beside AWS.
 */
record SamlSection(Findings findings) {
  private static final long MAX_METADATA = 10_000_000;

  Optional<SamlProvider> provider(ProviderSection.Draft draft) {
    Fields config = draft.config();
    draft.mapping().ifPresent(m -> m.element().problem("the assertion itself names the role"));
    Optional<Element> inline = config.find("metadata");
    Optional<Element> file = config.find("metadataFile");
    if (inline.isPresent() == file.isPresent()) {
      config.element().problem("needs either metadata or metadataFile");
      return Optional.empty();
    }
    Optional<String> document =
        inline.isPresent() ? inline.get().text() : file.flatMap(SamlSection::content);
    String arn = "arn:aws:iam::" + findings.account() + ":saml-provider/" + draft.name();
    try {
      document.ifPresent(SamlMetadata::parse);
      return document.map(xml -> new SamlProvider(arn, xml));
    } catch (MalformedSamlException malformed) {
      Element place = inline.or(() -> file).orElseThrow();
      place.problem(String.valueOf(malformed.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<String> content(Element path) {
    Optional<String> text = path.text();
    if (text.isEmpty()) {
      return text;
    }
    try {
      Path file = Path.of(text.get());
      if (Files.size(file) <= MAX_METADATA) {
        return Optional.of(Files.readString(file));
      }
      path.problem("names a file of more than " + MAX_METADATA + " bytes");
    } catch (IOException unreadable) {
      path.problem("cannot be read: " + unreadable);
    }
    return Optional.empty();
  }

  SamlOptions options(Fields config) {
    return new SamlOptions(
        with(SamlOptions.DEFAULT.audiences(), config, "audiences"),
        with(SamlOptions.DEFAULT.recipients(), config, "recipients"));
  }

  private static Set<String> with(Set<String> usual, Fields config, String field) {
    Set<String> all = new HashSet<>(usual);
    all.addAll(config.texts(field));
    return all;
  }
}
