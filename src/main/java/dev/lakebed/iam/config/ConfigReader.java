package dev.lakebed.iam.config;

import dev.lakebed.iam.config.CredentialReader.ServiceAccountSection;
import dev.lakebed.iam.config.Element.Source;
import dev.lakebed.iam.config.IdentitySection.GroupSection;
import dev.lakebed.iam.config.InvalidConfigException.ConfigProblem;
import dev.lakebed.iam.config.StsSection.AccountSection;
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
import java.util.stream.Stream;

/** Reads all files, section by section, so that what one section names is known when it is read. */
final class ConfigReader {
  private static final long MAX_BYTES = 16L << 20;

  private final Findings findings;
  private final PolicySection policies;
  private final IdentitySection identities;
  private final ServiceAccountSection serviceAccounts;
  private final GroupSection groups;
  private final RoleSection roles;
  private final List<Fields> stsProviders = new ArrayList<>();

  ConfigReader(Findings findings) {
    this.findings = findings;
    CredentialReader credentials = new CredentialReader(findings);
    this.policies = new PolicySection(findings);
    this.identities = new IdentitySection(findings, policies, credentials);
    this.serviceAccounts = new ServiceAccountSection(identities, credentials);
    this.groups = new GroupSection(identities, policies);
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
            identities.users().stream().map(IdentityDraft::user).toList(),
            identities.roots().users(),
            Stream.concat(
                    identities.users().stream().flatMap(IdentityDraft::owned),
                    identities.roots().keys().stream())
                .toList(),
            roles.all(),
            policies.all(),
            identities
                .find(IdentitySection.ANONYMOUS)
                .map(IdentityDraft::user)
                .filter(User::enabled)
                .map(User::grants)
                .orElse(Grants.NONE),
            findings.sts());
    return new IamConfig(snapshot, findings.weakKeys(), findings.warnings());
  }

  private void sections(List<Fields> roots) {
    sts(roots);
    each(roots, "accounts", account -> AccountSection.id(account, findings));
    each(roots, "policies", policies::read);
    each(roots, "identities", identities::read);
    each(roots, "serviceAccounts", serviceAccounts::read);
    each(roots, "groups", groups::read);
    each(roots, "roles", roles::read);
    ProviderSection providers = new ProviderSection(findings);
    stsProviders.forEach(providers::read);
    each(roots, "providers", providers::read);
    findings.sts(
        findings.sts().with(providers.settings(findings.sts().federation().outboundAddresses())));
    UnusedSections unused = new UnusedSections(findings);
    for (Fields root : roots) {
      unused.read(root);
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
      section
          .flatMap(Element::fields)
          .ifPresent(
              sts -> {
                // The account is needed before any provider is named.
                stsProviders.addAll(sts.objects("providers"));
                findings.sts(StsSection.read(sts, findings));
              });
    }
  }

  private static void each(List<Fields> roots, String section, Consumer<Fields> reader) {
    for (Fields root : roots) {
      root.objects(section).forEach(reader);
    }
  }

  private Optional<Fields> root(Path file) {
    String name = String.valueOf(file.getFileName());
    List<ConfigProblem> problems = findings.problems();
    try {
      if (Files.size(file) > MAX_BYTES) {
        problems.add(new ConfigProblem(name, "", 0, 0, "is larger than 16 MiB"));
        return Optional.empty();
      }
      return new Source(name, Files.readString(file), problems).root();
    } catch (CharacterCodingException notUtf8) {
      problems.add(new ConfigProblem(name, "", 0, 0, "is not UTF-8"));
    } catch (IOException unreadable) {
      problems.add(
          new ConfigProblem(name, "", 0, 0, "cannot be read: " + FileFault.words(unreadable)));
    }
    return Optional.empty();
  }

  /** Checks sections that SeaweedFS knows and that have no meaning here, and says so. */
  record UnusedSections(Findings findings) {
    void read(Fields root) {
      root.find("kms")
          .flatMap(Element::fields)
          .ifPresent(
              kms -> findings.warn(kms.element(), "is ignored: there is no KMS provider yet"));
      root.find("policy").flatMap(Element::fields).ifPresent(this::policy);
    }

    private void policy(Fields policy) {
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
        policy
            .find("storeConfig")
            .flatMap(Element::fields)
            .ifPresent(
                store -> {
                  try (store) {
                    store.accept("basePath", "noCache");
                  }
                });
      }
    }
  }
}
