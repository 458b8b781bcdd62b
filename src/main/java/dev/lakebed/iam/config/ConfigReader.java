package dev.lakebed.iam.config;

import dev.lakebed.iam.config.Element.Source;
import dev.lakebed.iam.config.InvalidConfigException.ConfigProblem;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.User;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.storage.files.DurableDirectory.FileFault;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads all files, section by section, so that what one section names is known when it is read. */
final class ConfigReader {
  private static final long MAX_BYTES = 16L << 20;

  private final Findings findings;
  private final PolicySection policies;
  private final IdentitySection identities;
  private final RoleSection roles;
  private final List<Fields> stsProviders = new ArrayList<>();

  ConfigReader(Findings findings) {
    this.findings = findings;
    this.policies = new PolicySection(findings);
    this.identities = new IdentitySection(findings, policies);
    this.roles = new RoleSection(findings, policies);
  }

  IamConfig read(List<Path> files) {
    List<Fields> roots =
        files.stream()
            .map(file -> file.toAbsolutePath().normalize())
            .distinct()
            .flatMap(file -> root(file).stream())
            .toList();
    sections(roots);
    if (!findings.problems().isEmpty()) {
      throw new InvalidConfigException(findings.problems());
    }
    IamSnapshot snapshot =
        new IamSnapshot(
            identities.users(),
            identities.roots(),
            identities.keys(),
            roles.all(),
            policies.all(),
            identities.anonymous().filter(User::enabled).map(User::grants).orElse(Grants.NONE),
            findings.settings());
    return new IamConfig(snapshot, findings.weakKeys(), findings.warnings());
  }

  private void sections(List<Fields> roots) {
    sts(roots);
    each(roots, "accounts", account -> StsSection.account(account, findings));
    each(roots, "policies", policies::read);
    each(roots, "identities", identities::identity);
    each(roots, "serviceAccounts", identities::serviceAccount);
    each(roots, "groups", identities::group);
    each(roots, "roles", roles::read);
    ProviderSection providers = new ProviderSection(findings);
    stsProviders.forEach(providers::read);
    each(roots, "providers", providers::read);
    findings.sts().updateAndGet(providers::addTo);
    for (Fields root : roots) {
      unused(root);
      root.close();
    }
  }

  private void sts(List<Fields> roots) {
    boolean given = false;
    for (Fields root : roots) {
      Optional<Element> section = root.find("sts");
      if (section.isPresent() && given) {
        section.get().problem("another file has a section sts too");
      }
      given |= section.isPresent();
      Optional<Fields> sts = section.flatMap(Element::fields);
      // The account is needed before any provider is named.
      sts.ifPresent(fields -> stsProviders.addAll(fields.objects("providers")));
      sts.ifPresent(fields -> findings.sts().set(StsSection.read(fields, findings)));
    }
  }

  private static void each(List<Fields> roots, String section, Consumer<Fields> reader) {
    for (Fields root : roots) {
      root.objects(section).forEach(reader);
    }
  }

  private Optional<Fields> root(Path file) {
    String name = String.valueOf(file.getFileName());
    String problem;
    try {
      if (Files.size(file) <= MAX_BYTES) {
        return new Source(name, Files.readString(file), findings.problems()).root();
      }
      problem = "is larger than 16 MiB";
    } catch (CharacterCodingException notUtf8) {
      problem = "is not UTF-8";
    } catch (IOException unreadable) {
      problem = "cannot be read: " + FileFault.words(unreadable);
    }
    findings.problems().add(new ConfigProblem(name, "", 0, 0, problem));
    return Optional.empty();
  }

  /** Checks sections that SeaweedFS knows and that have no meaning here, and says so. */
  private void unused(Fields root) {
    String noKms = "is ignored: there is no KMS provider yet";
    root.object("kms").ifPresent(kms -> findings.warn(kms.element(), noKms));
    root.object("policy").ifPresent(this::unusedPolicy);
  }

  private void unusedPolicy(Fields policy) {
    try (policy) {
      Optional<Element> effect = policy.find("defaultEffect");
      Optional<String> text = effect.flatMap(Element::text);
      if (text.isPresent() && text.get().equals("Allow")) {
        findings.warn(effect.get(), "is ignored: what no policy allows is denied");
      } else if (text.isPresent() && !text.get().equals("Deny")) {
        effect.get().problem("must be Deny or Allow");
      }
      if (policy.text("storeType").filter(type -> !type.equals("memory")).isPresent()) {
        findings.warn(policy.element(), "storeType is ignored");
      }
      Optional<Fields> store = policy.object("storeConfig");
      store.ifPresent(fields -> fields.accept("basePath", "noCache"));
      store.ifPresent(Fields::close);
    }
  }
}
