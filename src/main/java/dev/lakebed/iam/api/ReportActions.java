package dev.lakebed.iam.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.iam.api.AccessKeyActions.KeyFacts;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.ParameterLimits.TextList;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import dev.lakebed.storage.metadata.iam.Logins.Login;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The credential report, made when it is asked for, and which policies grant a service. */
final class ReportActions {
  private static final int MOST_USERS = 10_000;

  private static final ParameterLimits SERVICES =
      new TextList(
          "ServiceNamespaces", 1, 200, Parameter.of("serviceNamespaces", 1, 64, "[\\w-]*"));

  private ReportActions() {}

  static void addTo(ActionTable table) {
    table.answer(
        "GenerateCredentialReport",
        ActionTarget.ACCOUNT,
        x -> xml -> xml.text("State", "COMPLETE").text("Description", "It is made when fetched"));
    table.answer("GetCredentialReport", ActionTarget.ACCOUNT, ReportActions::credentials);
    table.answer(
        "ListPoliciesGrantingServiceAccess",
        ActionTarget.byArn(IamParameter.ARN),
        ReportActions::granting,
        IamParameter.ARN.required(),
        SERVICES.required(),
        Paging.MARKER);
  }

  private static QueryXml.Content credentials(IamRequest x) {
    x.services().uses().flush();
    String csv = x.readMuch(CredentialReport::of);
    return xml ->
        xml.text("Content", Base64.getEncoder().encodeToString(csv.getBytes(UTF_8)))
            .text("ReportFormat", "text/csv")
            .text("GeneratedTime", EntityXml.time(x.now()));
  }

  private static QueryXml.Content granting(IamRequest x) {
    List<String> services = x.query().members(SERVICES.name());
    String arn = x.require(IamParameter.ARN);
    List<PolicySource> sources = x.read(inventory -> PolicySource.of(inventory, arn));
    return Paging.of(x.query())
        .inOrder(
            "PoliciesGrantingServiceAccess",
            services,
            (member, service) ->
                member
                    .text("ServiceNamespace", service)
                    .members(
                        "Policies",
                        sources.stream().filter(source -> source.policy().grants(service)).toList(),
                        ReportActions::policy));
  }

  private static void policy(QueryXml xml, PolicySource source) {
    boolean inline = source.arn().isEmpty();
    xml.text("PolicyName", source.name())
        .text("PolicyType", inline ? "INLINE" : "MANAGED")
        .optional("PolicyArn", source.arn());
    if (inline) {
      Entity holder = source.holder();
      xml.text("EntityType", holder.kind().name()).text("EntityName", holder.name());
    }
  }

  /**
   * The report as comma-separated values.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html">AWS,
   *     credential reports</a>
   */
  record CredentialReport(Inventory inventory) {
    private static final String HEAD =
        "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,"
            + "password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,"
            + "access_key_1_last_used_date,access_key_1_last_used_region,"
            + "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,"
            + "access_key_2_last_used_date,access_key_2_last_used_region,"
            + "access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,"
            + "cert_2_last_rotated\n";
    private static final String NONE = "N/A";
    private static final String UNSUPPORTED = "not_supported";

    private static final List<String> NO_KEY = List.of("false", NONE, NONE, NONE, NONE);

    static String of(Inventory inventory) {
      String tooMany = "The report is made for at most " + MOST_USERS + " users";
      long users = AccountActions.count(inventory, Kind.USER);
      NewEntity.refuse(users > MOST_USERS, QueryError.LIMIT_EXCEEDED, tooMany);
      CredentialReport report = new CredentialReport(inventory);
      return Stream.concat(
              inventory.configured().all(Kind.ROOT).map(report::root),
              inventory.stream(Kind.USER, "/", "").map(report::user))
          .map(line -> String.join(",", line) + "\n")
          .collect(Collectors.joining("", HEAD, ""));
    }

    /** A root user has no password here, and AWS does not tell when one was changed. */
    private List<String> root(Entity root) {
      return line(root, "<root_account>", "false", NONE, UNSUPPORTED, UNSUPPORTED);
    }

    private List<String> user(Entity user) {
      Optional<Login> login = inventory.stored().logins().find(user.id());
      return line(
          user,
          user.name(),
          String.valueOf(login.isPresent()),
          login.isPresent() ? "no_information" : NONE,
          login.map(l -> EntityXml.time(l.changed())).orElse(NONE),
          NONE);
    }

    /** The columns of somebody; {@code password} are those from password_enabled on. */
    private List<String> line(Entity owner, String name, String... password) {
      String created = EntityXml.time(owner.created());
      List<String> line = new ArrayList<>(List.of(quoted(name), quoted(owner.arn()), created));
      line.addAll(List.of(password));
      line.add("false");
      List<KeyFacts> keys = KeyFacts.of(inventory, owner);
      for (int slot = 0; slot < AccessKeyActions.MOST; slot++) {
        line.addAll(slot < keys.size() ? key(keys.get(slot)) : NO_KEY);
      }
      line.addAll(List.of("false", NONE, "false", NONE));
      return line;
    }

    private static String quoted(String text) {
      return text.contains(",") ? "\"" + text + "\"" : text;
    }

    private List<String> key(KeyFacts key) {
      Optional<LastUse> use = inventory.stored().uses().of(key.id()).stream().findFirst();
      return List.of(
          String.valueOf(key.active()),
          key.created().map(EntityXml::time).orElse(NONE),
          use.map(u -> EntityXml.time(u.at())).orElse(NONE),
          use.map(LastUse::region).orElse(NONE),
          use.map(LastUse::service).orElse(NONE));
    }
  }
}
